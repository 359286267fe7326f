package dev.tidegate.store;

import dev.tidegate.core.Cause;
import dev.tidegate.core.CircuitName;
import dev.tidegate.core.Fence;
import dev.tidegate.core.HistoryEntry;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One row of the history; written once, never changed. */
@Entity(name = "HistoryRow")
@Table(name = "tidegate_history")
@IdClass(HistoryRowId.class)
@Cacheable(false)
@SuppressWarnings("NullAway.Init") // JPA fills the fields.
class HistoryRow {
    @Id
    private String circuit;

    @Id
    private long version;

    private long epoch;

    @Column(name = "fence_token")
    private String fenceToken;

    @Column(name = "edge_epoch")
    private @Nullable Long edgeEpoch;

    @Enumerated(EnumType.STRING)
    private HistoryEntry.Kind kind;

    @Column(name = "from_state")
    private String from;

    @Column(name = "to_state")
    private String to;

    @Enumerated(EnumType.STRING)
    private Cause cause;

    private @Nullable String detail;
    private @Nullable String actor;
    private String instance;
    private String token;

    @Convert(converter = InstantColumn.class)
    private Instant at;

    /** For JPA. */
    protected HistoryRow() {}

    static HistoryRow of(HistoryEntry entry) {
        HistoryRow row = new HistoryRow();
        row.circuit = entry.circuit().value();
        row.version = entry.version();
        row.epoch = entry.fence().epoch();
        row.fenceToken = entry.fence().token();
        row.edgeEpoch = entry.kind() == HistoryEntry.Kind.TRANSITION ? row.epoch : null;
        row.kind = entry.kind();
        row.from = entry.from();
        row.to = entry.to();
        row.cause = entry.cause();
        row.detail = entry.detail();
        row.actor = entry.actor();
        row.instance = entry.instance();
        row.token = entry.token();
        row.at = entry.at();
        return row;
    }

    HistoryEntry entry() {
        return new HistoryEntry(
                new CircuitName(circuit),
                version,
                new Fence(epoch, fenceToken),
                kind,
                from,
                to,
                cause,
                detail,
                actor,
                instance,
                token,
                at);
    }
}
