package dev.tidegate.drain;

import java.util.EnumSet;
import java.util.Set;

/**
 * Why a drainer, or one of its partitions, is paused. Each cause is a fact with one owner, so taking one away never lifts
 * another; whether the consumer is paused is always derived from the sets. Guarded by the drainer's turn.
 */
final class CauseBoard {
    private static final Set<PauseCause> NONE = EnumSet.noneOf(PauseCause.class);
    private static final Set<PauseCause> JUST_FULL = EnumSet.of(PauseCause.BACKPRESSURE);
    private static final Set<PauseCause> PROBED = EnumSet.of(PauseCause.CIRCUIT, PauseCause.OUTPUT);
    // Backpressure and a corrupt batch stop fetching alone: what was fetched before is handled. Circuits are asked for
    // each record.
    private static final Set<PauseCause> ASKED_OTHERWISE =
            EnumSet.of(PauseCause.BACKPRESSURE, PauseCause.CORRUPT, PauseCause.CIRCUIT, PauseCause.OUTPUT);

    private final Set<PauseCause> wide = EnumSet.noneOf(PauseCause.class);
    private boolean changed;

    void add(PauseCause cause) {
        changed |= wide.add(cause);
    }

    void remove(PauseCause cause) {
        changed |= wide.remove(cause);
    }

    void add(OwnedPartition owner, PauseCause cause) {
        changed |= owner.causes().add(cause);
    }

    void remove(OwnedPartition owner, PauseCause cause) {
        changed |= owner.causes().remove(cause);
    }

    /** Something else than the sets changed what the consumer has to be told. */
    void touch() {
        changed = true;
    }

    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    boolean has(PauseCause cause) {
        return wide.contains(cause);
    }

    /** The causes that apply to the whole drainer: a copy. */
    Set<PauseCause> wide() {
        return wide.isEmpty() ? Set.of() : EnumSet.copyOf(wide);
    }

    /** Every cause that applies to that partition. */
    Set<PauseCause> of(OwnedPartition owner) {
        Set<PauseCause> all = EnumSet.noneOf(PauseCause.class);
        all.addAll(wide);
        all.addAll(owner.causes());
        return all;
    }

    /**
     * Whether the consumer may fetch it.
     *
     * @param isStarving whether the drainer waits for a circuit and has no record to probe it with
     */
    boolean isFetched(OwnedPartition owner, boolean isStarving) {
        if (!owner.isAdmitted() || owner.isClosing()) {
            return false;
        }
        Set<PauseCause> ignored = isStarving ? PROBED : NONE;
        return ignored.containsAll(wide) && ignored.containsAll(owner.causes());
    }

    /** Whether its records may be handed over, as far as the sets tell: a circuit's word is asked for each record. */
    boolean isOpen(OwnedPartition owner) {
        if (!owner.isAdmitted() || owner.isClosing()) {
            return false;
        }
        return ASKED_OTHERWISE.containsAll(wide) && ASKED_OTHERWISE.containsAll(owner.causes());
    }

    /** Whether one of its records may probe a circuit. */
    boolean givesProbes(OwnedPartition owner) {
        return isOpen(owner) && !owner.causes().contains(PauseCause.CORRUPT);
    }

    /** Whether it is shown as paused by something of its own. */
    boolean isHalted(OwnedPartition owner) {
        return !owner.causes().isEmpty() && !JUST_FULL.containsAll(owner.causes());
    }

    /** Whether the drainer waits for a circuit, and for nothing that forbids to probe it. */
    boolean isProbing() {
        return !wide.isEmpty() && PROBED.containsAll(wide);
    }
}
