package dev.tidegate.drain;

import org.jspecify.annotations.Nullable;

/** Passes what blocks a partition because an operator says so, and only what does block. Guarded by the drainer's turn. */
final class OperatorSkips {
    /** Where a partition's log ends, as far as the broker told. */
    interface Ends {
        @Nullable
        Long of(OwnedPartition owner);
    }

    static final String CAUSE = "skipped-by-operator";

    private static final System.Logger LOG = System.getLogger(OperatorSkips.class.getName());

    private final DrainState state;
    private final DeadLetterDesk deadLetters;
    private final Ends ends;

    OperatorSkips(DrainState state, DeadLetterDesk deadLetters, Ends ends) {
        this.state = state;
        this.deadLetters = deadLetters;
        this.ends = ends;
    }

    SkipAnswer carryOut(Skip skip) {
        OwnedPartition owner = state.find(skip.where());
        if (owner == null || !owner.isAdmitted() || owner.isClosing()) {
            return new SkipAnswer.Elsewhere("drainer " + state.settings.name() + " does not own " + skip.where()
                    + " on this instance: ask the one that does");
        }
        Long toOffset = skip.toOffset();
        SkipAnswer answer = toOffset == null ? pass(owner, skip) : goBehind(owner, skip, toOffset);
        if (answer instanceof SkipAnswer.Accepted) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "TIDEGATE4005 drainer {0}: {1} skips offset {2} by order of {3}: {4}. {5}",
                    state.settings.name(),
                    owner.partition,
                    skip.offset(),
                    skip.actor(),
                    skip.reason(),
                    answer.text());
        }
        return answer;
    }

    private SkipAnswer pass(OwnedPartition owner, Skip skip) {
        BufferedRecord record = find(owner, skip.offset());
        if (record == null || record.troubledSince == null) {
            return notBlocking(owner, skip);
        }
        // Not one whose copy does not go out: skipped without a copy it would be lost.
        return switch (record.phase) {
            case BUFFERED -> {
                state.lanes.leave(record.lane);
                deadLetters.send(record, rejection(record, skip));
                yield new SkipAnswer.Accepted("It is dead-lettered now");
            }
            case PROCESSING -> {
                record.skip = rejection(record, skip);
                yield new SkipAnswer.Accepted("It is worked on, and dead-lettered when that fails again");
            }
            case PUBLISHING, HELD ->
                new SkipAnswer.NotBlocking(record + " was handled; its result waits for the output. Mend the output");
            case DEAD_LETTERING, UNDELIVERED ->
                new SkipAnswer.NotBlocking(record + " is being dead-lettered already, to "
                        + state.settings.deadLetterTopicOf(skip.topic()) + ": " + record.lastError);
            case SETTLED -> notBlocking(owner, skip);
        };
    }

    private static @Nullable BufferedRecord find(OwnedPartition owner, long offset) {
        for (BufferedRecord record : owner.records()) {
            if (record.record.offset() == offset) {
                return record;
            }
        }
        return null;
    }

    private static Rejection rejection(BufferedRecord record, Skip skip) {
        return new Rejection(
                CAUSE, skip.reason() + " (skipped by " + skip.actor() + "; last error: " + record.lastError + ")");
    }

    private SkipAnswer goBehind(OwnedPartition owner, Skip skip, long toOffset) {
        if (!owner.causes().contains(PauseCause.CORRUPT) || owner.corruptOffset() != skip.offset()) {
            return notBlocking(owner, skip);
        }
        Long end = ends.of(owner);
        // Behind the end the broker would answer that there is no such offset, and the client would begin at the first.
        if (end == null || toOffset > end) {
            return new SkipAnswer.NotBlocking("toOffset of " + owner.partition + " may be at most the end of its log, "
                    + (end == null ? "which is not known yet: ask again" : end + ", not " + toOffset));
        }
        owner.goBehind(toOffset);
        state.board.touch();
        return new SkipAnswer.Accepted("It goes on at offset " + toOffset + "; nothing of what is between is kept");
    }

    private SkipAnswer notBlocking(OwnedPartition owner, Skip skip) {
        boolean isCorrupt = owner.causes().contains(PauseCause.CORRUPT);
        String blocking = owner.records().stream()
                .filter(record -> record.troubledSince != null)
                .map(record -> Long.toString(record.record.offset()))
                .findFirst()
                .orElse("none");
        return new SkipAnswer.NotBlocking("offset " + skip.offset() + " does not block " + owner.partition
                + (isCorrupt
                        ? ": its corrupt batch is at offset " + owner.corruptOffset() + ", to be skipped with toOffset"
                        : ": the lowest offset that does is " + blocking));
    }
}
