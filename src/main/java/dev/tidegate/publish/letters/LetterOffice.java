package dev.tidegate.publish.letters;

import dev.tidegate.core.StoreException;
import dev.tidegate.core.Ticker;
import dev.tidegate.publish.letters.LetterAnswer.Kind;
import dev.tidegate.store.LetterMark;
import dev.tidegate.store.LetterMarks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Carries out what operators order of dead letters. A letter is replayed once, also when several ask at once or an instance
 * dies in between, unless the order says that it goes again. Every method blocks. Thread-safe.
 */
public final class LetterOffice {
    /** Lets time pass. */
    @FunctionalInterface
    public interface Rest {
        void last(Duration time) throws InterruptedException;
    }

    private final DeadLetters letters;
    private final LetterMarks marks;
    private final LetterMail mail;
    private final Ticker ticker;
    private final Rest rest;

    public LetterOffice(DeadLetters letters, LetterMarks marks, LetterMail mail, Ticker ticker, Rest rest) {
        this.letters = letters;
        this.marks = marks;
        this.mail = mail;
        this.ticker = ticker;
        this.rest = rest;
    }

    /** Sends letters to where they came from, in that order, each marked; what was sent stays sent on an interrupt. */
    public List<LetterAnswer> replay(ReplayOrder order) throws InterruptedException {
        List<LetterAnswer> answers = new ArrayList<>();
        long begin = ticker.nanos();
        long interval = Duration.ofSeconds(1).dividedBy(order.perSecond()).toNanos();
        int sent = 0;
        for (LetterRef ref : order.letters()) {
            long ahead = interval * sent - (ticker.nanos() - begin);
            if (ahead > 0) {
                rest.last(Duration.ofNanos(ahead));
            }
            LetterAnswer answer = replay(ref, order);
            answers.add(answer);
            sent += answer.kind() == Kind.REPLAYED || answer.kind() == Kind.FAILED ? 1 : 0;
        }
        return answers;
    }

    private LetterAnswer replay(LetterRef ref, ReplayOrder order) {
        try {
            Optional<StoredLetter> found = letters.find(ref);
            if (found.isEmpty()) {
                return new LetterAnswer(ref, Kind.IMPOSSIBLE, "there is no dead letter at " + ref + " (any more)");
            }
            Letter facts = found.get().facts();
            if (!facts.isWhole()) {
                return new LetterAnswer(
                        ref,
                        Kind.IMPOSSIBLE,
                        "it did not fit and lies there without its value: take it from "
                                + facts.sourceTopic() + "-" + facts.sourcePartition() + " at offset "
                                + facts.sourceOffset());
            }
            LetterMark before = facts.mark();
            if (before != null && !order.isAgain()) {
                return doneBefore(ref, before);
            }
            ProducerRecord<byte[], byte[]> record = found.get().again();
            if (order.isDryRun()) {
                return new LetterAnswer(ref, Kind.WOULD_BE_REPLAYED, "to " + record.topic());
            }
            return send(
                    ref,
                    record,
                    new LetterMark(facts.id(), LetterMark.Kind.REPLAYING, order.actor(), order.reason(), Instant.EPOCH),
                    order);
        } catch (LettersAwayException | StoreException | IllegalArgumentException e) {
            return new LetterAnswer(ref, Kind.FAILED, "nothing was changed: " + e.getMessage());
        }
    }

    private static LetterAnswer doneBefore(LetterRef ref, LetterMark mark) {
        String what =
                switch (mark.kind()) {
                    case REPLAYING -> "a replay began and it is not known how it ended";
                    case REPLAYED -> "it was replayed";
                    case DISCARDED -> "it was discarded";
                };
        return new LetterAnswer(
                ref, Kind.DONE_BEFORE, what + ", by " + mark.actor() + " at " + mark.at() + ": " + mark.reason());
    }

    // Marked before it is sent: whoever dies in between leaves a mark, not a second copy.
    private LetterAnswer send(LetterRef ref, ProducerRecord<byte[], byte[]> record, LetterMark mark, ReplayOrder order)
            throws StoreException {
        if (order.isAgain()) {
            marks.replace(mark);
        } else if (!marks.createIfAbsent(mark)) {
            return new LetterAnswer(ref, Kind.DONE_BEFORE, "somebody else does it at this moment");
        }
        try {
            mail.send(record);
        } catch (LettersAwayException e) {
            return new LetterAnswer(
                    ref,
                    Kind.FAILED,
                    "it is not known whether it went to " + record.topic() + ", and it stays marked: "
                            + e.getMessage());
        }
        try {
            marks.replace(mark.as(LetterMark.Kind.REPLAYED));
        } catch (StoreException e) {
            return new LetterAnswer(
                    ref, Kind.REPLAYED, "to " + record.topic() + "; its mark stays at REPLAYING: " + e.getMessage());
        }
        return new LetterAnswer(ref, Kind.REPLAYED, "to " + record.topic());
    }

    /** Marks a letter as done with; it stays in its topic as long as that keeps it. */
    public LetterAnswer discard(LetterRef ref, String actor, String reason) {
        if (actor.isBlank() || reason.isBlank()) {
            throw new IllegalArgumentException("to discard a letter needs an actor and a reason, for they are kept");
        }
        try {
            Optional<StoredLetter> found = letters.find(ref);
            if (found.isEmpty()) {
                return new LetterAnswer(ref, Kind.IMPOSSIBLE, "there is no dead letter at " + ref + " (any more)");
            }
            Letter facts = found.get().facts();
            LetterMark mark = new LetterMark(facts.id(), LetterMark.Kind.DISCARDED, actor, reason, Instant.EPOCH);
            if (marks.createIfAbsent(mark)) {
                return new LetterAnswer(ref, Kind.DISCARDED, "it is marked; the record itself stays in " + ref.topic());
            }
            LetterMark before = marks.read(List.of(facts.id())).get(facts.id());
            return before == null
                    ? new LetterAnswer(ref, Kind.FAILED, "somebody else works on it at this moment: ask again")
                    : doneBefore(ref, before);
        } catch (LettersAwayException | StoreException | IllegalArgumentException e) {
            return new LetterAnswer(ref, Kind.FAILED, "nothing was changed: " + e.getMessage());
        }
    }
}
