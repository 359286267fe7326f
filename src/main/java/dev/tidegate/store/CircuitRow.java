package dev.tidegate.store;

import dev.tidegate.core.AutomaticState;
import dev.tidegate.core.Cause;
import dev.tidegate.core.CircuitName;
import dev.tidegate.core.CircuitRecord;
import dev.tidegate.core.Counts;
import dev.tidegate.core.Fence;
import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One circuit's row. Never persisted by JPA: rows are inserted by SQL at version 0, so that {@code @Version} is the
 * record's version from its first change on. Fields are private and changed in here only: a server's weaving does not see
 * a field that another class writes.
 */
@Entity(name = "CircuitRow")
@Table(name = "tidegate_circuit")
@Cacheable(false)
@SuppressWarnings("NullAway.Init") // JPA fills the fields.
class CircuitRow {
    @Id
    private String name;

    @Version
    private long version;

    private long epoch;
    private String token;

    @Enumerated(EnumType.STRING)
    private AutomaticState state;

    @Convert(converter = InstantColumn.class)
    private Instant since;

    @Column(name = "retry_at")
    @Convert(converter = InstantColumn.class)
    private @Nullable Instant retryAt;

    @Column(name = "failed_rounds")
    private int failedRounds;

    @Enumerated(EnumType.STRING)
    private Cause cause;

    private @Nullable String detail;
    private long calls;
    private long failures;
    private long slow;

    @Column(name = "last_error")
    private @Nullable String lastError;

    @Embedded
    private @Nullable LeaseColumns lease;

    @Embedded
    private @Nullable OverrideColumns override;

    private String writer;

    /** For JPA. */
    protected CircuitRow() {}

    long version() {
        return version;
    }

    CircuitRecord record() {
        return new CircuitRecord(
                new CircuitName(name),
                version,
                new Fence(epoch, token),
                state,
                since,
                retryAt,
                failedRounds,
                cause,
                detail,
                new Counts(calls, failures, slow),
                lastError,
                lease == null ? null : lease.lease(),
                override == null ? null : override.override(),
                writer);
    }

    /** Takes over everything but name and version: the version is JPA's to count. */
    void become(CircuitRecord next) {
        epoch = next.epoch();
        token = next.fence().token();
        state = next.state();
        since = next.since();
        retryAt = next.retryAt();
        failedRounds = next.failedRounds();
        cause = next.cause();
        detail = next.detail();
        calls = next.counts().calls();
        failures = next.counts().failures();
        slow = next.counts().slow();
        lastError = next.lastError();
        lease = LeaseColumns.of(next.lease());
        override = OverrideColumns.of(next.override());
        writer = next.writer();
    }
}
