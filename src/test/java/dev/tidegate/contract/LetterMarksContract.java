package dev.tidegate.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.core.StoreException;
import dev.tidegate.store.LetterMark;
import dev.tidegate.store.LetterMark.Kind;
import dev.tidegate.store.LetterMarks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link LetterMarks} must pass. */
public abstract class LetterMarksContract {
    private final String letter = "tg-orders:orders:0:" + UUID.randomUUID();

    /** One more instance's way to the same marks. */
    protected abstract LetterMarks marks();

    @Test
    void of_many_that_mark_a_letter_at_once_one_does() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> all = new ArrayList<>();
            for (int number = 0; number < 8; number++) {
                all.add(() -> marks().createIfAbsent(mark(Kind.REPLAYING)));
            }
            int stored = 0;
            for (Future<Boolean> each : threads.invokeAll(all)) {
                stored += each.get() ? 1 : 0;
            }
            assertThat(stored).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_mark_is_replaced_and_read_with_who_and_why() throws StoreException {
        marks().createIfAbsent(mark(Kind.REPLAYING));

        marks().replace(mark(Kind.REPLAYED));

        assertThat(marks().read(List.of(letter, "unknown"))).containsOnlyKeys(letter);
        LetterMark stored = marks().read(List.of(letter)).get(letter);
        assertThat(stored.kind()).isEqualTo(Kind.REPLAYED);
        assertThat(stored.actor()).isEqualTo("anna");
        assertThat(stored.reason()).isEqualTo("mended");
        assertThat(stored.at()).as("the store's time, not the writer's").isAfter(Instant.EPOCH);
    }

    @Test
    void a_mark_is_taken_away_only_if_it_is_still_of_that_kind() throws StoreException {
        marks().replace(mark(Kind.DISCARDED));

        marks().remove(letter, Kind.REPLAYING);
        assertThat(marks().read(List.of(letter))).containsKey(letter);

        marks().remove(letter, Kind.DISCARDED);
        assertThat(marks().read(List.of(letter))).isEmpty();
    }

    private LetterMark mark(Kind kind) {
        return new LetterMark(letter, kind, "anna", "mended", Instant.EPOCH);
    }
}
