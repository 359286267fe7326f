package dev.tidegate.publish.letters;

import dev.tidegate.core.StoreException;
import dev.tidegate.store.LetterMark;
import dev.tidegate.store.LetterMarks;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The dead letters for whoever looks after them, without their payload. Every method blocks. Thread-safe. */
public final class DeadLetters {
    private static final int SCANNED = 500;

    private final LetterShelf shelf;
    private final LetterMarks marks;
    private final Supplier<Set<String>> topics;

    /** @param topics the dead-letter topics of the drainers; no other topic is ever read */
    public DeadLetters(LetterShelf shelf, LetterMarks marks, Supplier<Set<String>> topics) {
        this.shelf = shelf;
        this.marks = marks;
        this.topics = topics;
    }

    /**
     * The newest letters of one dead-letter topic.
     *
     * @param before what the page before told, {@code null} for the newest
     * @throws IllegalArgumentException if it is no dead-letter topic, the limit is not 1 to 500, or {@code before} is none
     */
    public LetterPage list(String topic, LetterFilter filter, int limit, @Nullable String before)
            throws LettersAwayException, StoreException {
        if (limit < 1 || limit > SCANNED) {
            throw new IllegalArgumentException("limit is 1 to " + SCANNED + ", not " + limit);
        }
        requireKnown(topic);
        LetterShelf.Window window = shelf.newest(topic, before == null ? Map.of() : PageMark.read(before), SCANNED);
        Map<Integer, Long> rest = new HashMap<>(window.lowest());
        List<Letter> found = taken(window.records(), filter, limit, rest);
        Map<String, LetterMark> known =
                marks.read(found.stream().map(Letter::id).distinct().toList());
        List<Letter> marked = found.stream()
                .map(letter -> letter.with(known.get(letter.id())))
                .toList();
        return new LetterPage(marked, rest.isEmpty() ? null : PageMark.write(rest));
    }

    // Within a partition by offset, whatever the times: where a page ends must be one offset of each partition.
    private static List<Letter> taken(
            List<ConsumerRecord<byte[], byte[]>> records, LetterFilter filter, int limit, Map<Integer, Long> rest) {
        Map<Integer, Deque<Letter>> newestFirst = new TreeMap<>();
        records.stream()
                .flatMap(record -> StoredLetter.of(record).stream())
                .map(StoredLetter::facts)
                .filter(filter::suits)
                .sorted(Comparator.comparing((Letter letter) -> letter.ref().offset())
                        .reversed())
                .forEach(letter -> newestFirst
                        .computeIfAbsent(letter.ref().partition(), partition -> new ArrayDeque<>())
                        .add(letter));
        List<Letter> page = new ArrayList<>();
        while (page.size() < limit && !newestFirst.isEmpty()) {
            Deque<Letter> newest = newestFirst.values().stream()
                    .max(Comparator.comparing(letters -> letters.element().at()))
                    .orElseThrow();
            Letter letter = newest.remove();
            page.add(letter);
            if (newest.isEmpty()) {
                newestFirst.remove(letter.ref().partition());
            }
        }
        newestFirst.forEach((partition, letters) ->
                rest.put(partition, letters.element().ref().offset() + 1));
        return page;
    }

    /**
     * One letter with its bytes, for those who may see them.
     *
     * @throws IllegalArgumentException if it lies in no dead-letter topic
     */
    public Optional<Revealed> reveal(LetterRef ref) throws LettersAwayException, StoreException {
        return find(ref)
                .map(letter -> new Revealed(
                        letter.facts(), letter.record().key(), letter.record().value()));
    }

    /** A letter with its payload. */
    @SuppressWarnings("ArrayRecordComponent") // bytes of Kafka records are handed on, never compared
    public record Revealed(Letter letter, byte @Nullable [] key, byte @Nullable [] value) {}

    Optional<StoredLetter> find(LetterRef ref) throws LettersAwayException, StoreException {
        requireKnown(ref.topic());
        Optional<StoredLetter> stored = shelf.at(ref).flatMap(StoredLetter::of);
        if (stored.isEmpty()) {
            return stored;
        }
        StoredLetter letter = stored.get();
        String id = letter.facts().id();
        LetterMark mark = marks.read(List.of(id)).get(id);
        return Optional.of(letter.with(letter.facts().with(mark)));
    }

    private void requireKnown(String topic) {
        Set<String> known = topics.get();
        if (!known.contains(topic)) {
            throw new IllegalArgumentException(topic + " is no dead-letter topic of a drainer; those are "
                    + known.stream().sorted().toList());
        }
    }
}
