package dev.tidegate.store;

import dev.tidegate.core.Lease;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The lease's columns of a circuit's row: all null unless the circuit is half-open. */
@Embeddable
class LeaseColumns {
    @Column(name = "lease_owner")
    private @Nullable String owner;

    @Column(name = "lease_until")
    @Convert(converter = InstantColumn.class)
    private @Nullable Instant until;

    @Column(name = "lease_succeeded")
    private @Nullable Integer succeeded;

    @Column(name = "lease_neutral")
    private @Nullable Integer neutral;

    static LeaseColumns of(@Nullable Lease lease) {
        LeaseColumns columns = new LeaseColumns();
        if (lease != null) {
            columns.owner = lease.owner();
            columns.until = lease.until();
            columns.succeeded = lease.succeeded();
            columns.neutral = lease.neutral();
        }
        return columns;
    }

    @Nullable
    Lease lease() {
        if (until == null) {
            return null;
        }
        return new Lease(
                Objects.requireNonNull(owner),
                until,
                Objects.requireNonNull(succeeded),
                Objects.requireNonNull(neutral));
    }
}
