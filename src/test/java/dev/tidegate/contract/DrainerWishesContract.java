package dev.tidegate.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.core.StoreException;
import dev.tidegate.store.DrainerWish;
import dev.tidegate.store.DrainerWishes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link DrainerWishes} must pass. */
public abstract class DrainerWishesContract {
    private final String drainer = "drainer-" + UUID.randomUUID();

    /** One more instance's way to the same wishes. */
    protected abstract DrainerWishes wishes();

    @Test
    void the_first_wish_is_stored_and_seen_by_every_instance() throws StoreException {
        assertThat(wishes().read()).doesNotContainKey(drainer);

        assertThat(wishes().createIfAbsent(wish(true, "anna"))).isTrue();

        DrainerWish stored = wishes().read().get(drainer);
        assertThat(stored.isPaused()).isTrue();
        assertThat(stored.version()).isZero();
        assertThat(stored.actor()).isEqualTo("anna");
        assertThat(stored.reason()).isEqualTo("initially paused");
        assertThat(stored.at()).as("the store's time, not the writer's").isAfter(Instant.EPOCH);
    }

    @Test
    void a_wish_that_is_stored_is_not_replaced() throws StoreException {
        wishes().createIfAbsent(wish(true, "anna"));

        assertThat(wishes().createIfAbsent(wish(false, "ben"))).isFalse();

        assertThat(wishes().read().get(drainer).actor()).isEqualTo("anna");
    }

    @Test
    void of_many_instances_that_start_at_once_one_stores_the_first_wish() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> starts = new ArrayList<>();
            for (int number = 0; number < 8; number++) {
                starts.add(() -> wishes().createIfAbsent(wish(true, "anna")));
            }
            int stored = 0;
            for (Future<Boolean> each : threads.invokeAll(starts)) {
                stored += each.get() ? 1 : 0;
            }
            assertThat(stored).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    private DrainerWish wish(boolean isPaused, String actor) {
        return new DrainerWish(drainer, 0, isPaused, actor, "initially paused", Instant.EPOCH);
    }
}
