package dev.tidegate.store;

import dev.tidegate.core.OperatorOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The operator's columns of a circuit's row: all null where there is no override. */
@Embeddable
class OverrideColumns {
    @Enumerated(EnumType.STRING)
    @Column(name = "override_kind")
    private OperatorOverride.@Nullable Kind kind;

    @Column(name = "override_actor")
    private @Nullable String actor;

    @Column(name = "override_reason")
    private @Nullable String reason;

    @Column(name = "override_until")
    @Convert(converter = InstantColumn.class)
    private @Nullable Instant until;

    @Column(name = "override_id")
    private @Nullable Long id;

    static OverrideColumns of(@Nullable OperatorOverride override) {
        OverrideColumns columns = new OverrideColumns();
        if (override != null) {
            columns.kind = override.kind();
            columns.actor = override.actor();
            columns.reason = override.reason();
            columns.until = override.until();
            columns.id = override.id();
        }
        return columns;
    }

    @Nullable
    OperatorOverride override() {
        if (kind == null) {
            return null;
        }
        return new OperatorOverride(
                kind, Objects.requireNonNull(actor), Objects.requireNonNull(reason), until, Objects.requireNonNull(id));
    }
}
