package dev.tidegate.drain;

import java.time.Duration;

/** Says once that this member has a place in its group and nothing to do: there are fewer partitions than members. */
final class IdleMember {
    private static final System.Logger LOG = System.getLogger(IdleMember.class.getName());
    // Longer than the moves of an ordinary rebalance.
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final DrainState state;
    private final Intake intake;
    private boolean idle;
    private boolean told;
    private long sinceNanos;

    IdleMember(DrainState state, Intake intake) {
        this.state = state;
        this.intake = intake;
    }

    /** Inside a turn. */
    void tick(long nowNanos) {
        boolean isIdle = intake.isJoined() && state.owned().isEmpty() && !state.isStopping();
        if (isIdle && !idle) {
            sinceNanos = nowNanos;
        }
        idle = isIdle;
        told &= isIdle;
        if (isIdle && !told && nowNanos - sinceNanos >= PATIENCE.toNanos()) {
            told = true;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "drainer {0} is a member of group {1} and was given no partition of {2}: the group has more members"
                            + " than partitions. It stands by; give the topic more partitions, or the drainer a group"
                            + " of its own.",
                    state.settings.name(),
                    state.settings.group(),
                    state.settings.topics());
        }
    }
}
