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

    @Test
    void a_wish_is_written_over_the_version_that_was_seen_and_over_no_other() throws StoreException {
        assertThat(wishes().write(wish(2, "anna"))).as("no version 1 is there").isFalse();
        assertThat(wishes().write(wish(1, "anna"))).isTrue();
        assertThat(wishes().write(wish(1, "ben"))).as("seen before anna's").isFalse();
        assertThat(wishes().write(wish(2, "carl"))).isTrue();

        DrainerWish stored = wishes().read().get(drainer);
        assertThat(stored.version()).isEqualTo(2);
        assertThat(stored.isPaused()).isFalse();
        assertThat(stored.actor()).isEqualTo("carl");
        assertThat(stored.reason()).isEqualTo("by hand");
        assertThat(stored.at()).as("the store's time, not the writer's").isAfter(Instant.EPOCH);
    }

    @Test
    void an_operators_wish_follows_the_first_one_of_the_configuration() throws StoreException {
        wishes().createIfAbsent(wish(true, "configuration"));

        assertThat(wishes().write(wish(1, "anna"))).isTrue();

        assertThat(wishes().read().get(drainer).actor()).isEqualTo("anna");
    }

    @Test
    void of_many_operators_that_saw_the_same_version_one_wins() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (int version = 1; version <= 3; version++) {
                DrainerWish next = wish(version, "anna");
                List<Callable<Boolean>> writes = new ArrayList<>();
                for (int number = 0; number < 8; number++) {
                    writes.add(() -> wishes().write(next));
                }
                int written = 0;
                for (Future<Boolean> each : threads.invokeAll(writes)) {
                    written += each.get() ? 1 : 0;
                }
                assertThat(written).isEqualTo(1);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private DrainerWish wish(long version, String actor) {
        return new DrainerWish(drainer, version, false, actor, "by hand", Instant.EPOCH);
    }

    private DrainerWish wish(boolean isPaused, String actor) {
        return new DrainerWish(drainer, 0, isPaused, actor, "initially paused", Instant.EPOCH);
    }
}
