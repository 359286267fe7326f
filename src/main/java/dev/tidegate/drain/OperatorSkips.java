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
        if (record == null) {
            return isPassed(owner, skip) || isCorrupt(owner) ? notBlocking(owner, skip) : untried(owner, skip);
        }
        // Not one whose copy does not go out: skipped without a copy it would be lost.
        return switch (record.phase) {
            case BUFFERED -> {
                if (record.troubledSince == null) {
                    yield untried(owner, skip);
                }
                state.lanes.leave(record.lane);
                deadLetters.send(record, rejection(record, skip));
                yield new SkipAnswer.Accepted("It is dead-lettered now");
            }
            case PROCESSING -> {
                if (record.skip != null) {
                    yield new SkipAnswer.Undecided(record + " is skipped already, when it fails again");
                }
                if (record.troubledSince == null) {
                    yield untried(owner, skip);
                }
                record.skip = rejection(record, skip);
                yield new SkipAnswer.Accepted("It is worked on, and dead-lettered when that fails again");
            }
            case PUBLISHING, HELD ->
                new SkipAnswer.NotBlocking(record + " was handled; its result waits for the output. Mend the output");
            case DEAD_LETTERING, UNDELIVERED ->
                new SkipAnswer.Undecided(record + " is being dead-lettered already, to "
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
        if (!isCorrupt(owner)) {
            return isPassed(owner, skip) ? notBlocking(owner, skip) : untried(owner, skip);
        }
        if (owner.corruptOffset() != skip.offset()) {
            return notBlocking(owner, skip);
        }
        if (owner.behind() == toOffset) {
            return new SkipAnswer.Undecided("it goes on at offset " + toOffset + " already");
        }
        Long end = ends.of(owner);
        if (end == null) {
            return new SkipAnswer.Undecided("the end of the log of " + owner.partition + " is not known yet");
        }
        // Behind the end the broker would answer that there is no such offset, and the client would begin at the first.
        if (toOffset > end) {
            return new SkipAnswer.NotBlocking("toOffset of " + owner.partition + " may be at most the end of its log, "
                    + end + ", not " + toOffset);
        }
        owner.goBehind(toOffset);
        state.board.touch();
        return new SkipAnswer.Accepted("It goes on at offset " + toOffset + "; nothing of what is between is kept");
    }

    private static boolean isCorrupt(OwnedPartition owner) {
        return owner.causes().contains(PauseCause.CORRUPT);
    }

    // What is behind the position, and not held any more, is settled.
    private static boolean isPassed(OwnedPartition owner, Skip skip) {
        Long position = owner.ledger().position();
        return position != null && skip.offset() < position;
    }

    private SkipAnswer untried(OwnedPartition owner, Skip skip) {
        return new SkipAnswer.Undecided("offset " + skip.offset() + " of " + owner.partition
                + " was not tried here yet, so that nobody knows whether it blocks; the lowest offset that does is "
                + lowestBlocking(owner));
    }

    private static String lowestBlocking(OwnedPartition owner) {
        return owner.records().stream()
                .filter(record -> record.troubledSince != null)
                .map(record -> Long.toString(record.record.offset()))
                .findFirst()
                .orElse("none");
    }

    private static SkipAnswer notBlocking(OwnedPartition owner, Skip skip) {
        return new SkipAnswer.NotBlocking("offset " + skip.offset() + " does not block " + owner.partition
                + (isCorrupt(owner)
                        ? ": its corrupt batch is at offset " + owner.corruptOffset() + ", to be skipped with toOffset"
                        : ": the lowest offset that does is " + lowestBlocking(owner)));
    }
}
