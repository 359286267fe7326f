package dev.tidegate.store;

import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Marks of dead letters in one process, beside {@link InMemoryCircuitStore}. Thread-safe. */
public final class InMemoryLetterMarks implements LetterMarks {
    private final InstantSource clock;
    private final Map<String, LetterMark> marks = new ConcurrentHashMap<>();

    public InMemoryLetterMarks(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Map<String, LetterMark> read(Collection<String> letters) {
        Map<String, LetterMark> found = new HashMap<>(marks);
        found.keySet().retainAll(letters);
        return found;
    }

    @Override
    public boolean createIfAbsent(LetterMark mark) {
        return marks.putIfAbsent(mark.letter(), stored(mark)) == null;
    }

    @Override
    public void replace(LetterMark mark) {
        marks.put(mark.letter(), stored(mark));
    }

    @Override
    public void remove(String letter, LetterMark.Kind kind) {
        marks.computeIfPresent(letter, (id, mark) -> mark.kind() == kind ? null : mark);
    }

    private LetterMark stored(LetterMark mark) {
        return new LetterMark(
                mark.letter(),
                mark.kind(),
                Storable.text(mark.actor()),
                Storable.text(mark.reason()),
                Storable.instant(clock.instant()));
    }
}
