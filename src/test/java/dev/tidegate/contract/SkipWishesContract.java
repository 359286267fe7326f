package dev.tidegate.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.tidegate.core.StoreException;
import dev.tidegate.store.SkipWish;
import dev.tidegate.store.SkipWish.State;
import dev.tidegate.store.SkipWishes;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link SkipWishes} must pass. */
public abstract class SkipWishesContract {
    private static final Duration LONG = Duration.ofMinutes(10);

    private final String drainer = "drainer-" + UUID.randomUUID();

    /** One more instance's way to the same wishes. */
    protected abstract SkipWishes skips();

    @Test
    void a_wish_is_seen_open_by_every_instance_with_all_that_was_asked() throws StoreException {
        assertThat(skips().ask(wish("one", 7, 12L), LONG)).isTrue();

        SkipWish stored = skips().find("one" + drainer).orElseThrow();
        assertThat(skips().open()).contains(stored);
        assertThat(stored.place()).isEqualTo(drainer + ":orders:3:7");
        assertThat(stored.toOffset()).isEqualTo(12);
        assertThat(stored.actor()).isEqualTo("anna");
        assertThat(stored.reason()).isEqualTo("cancelled");
        assertThat(stored.state()).isEqualTo(State.ASKED);
        assertThat(stored.outcome()).isEmpty();
        assertThat(stored.instance()).isNull();
        assertThat(stored.expiresAt()).isCloseTo(stored.at().plus(LONG), within(1, ChronoUnit.SECONDS));
        assertThat(stored.at()).as("the store's time, not the writer's").isAfter(Instant.EPOCH);
    }

    @Test
    void a_wish_for_a_record_has_no_place_to_go_on() throws StoreException {
        skips().ask(wish("one", 0, null), LONG);

        assertThat(skips().find("one" + drainer).orElseThrow().toOffset()).isNull();
    }

    @Test
    void of_many_that_ask_for_one_place_at_once_one_is_stored() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> asks = new ArrayList<>();
            for (int number = 0; number < 8; number++) {
                SkipWish wish = wish("many" + number, 7, null);
                asks.add(() -> skips().ask(wish, LONG));
            }
            int stored = 0;
            for (Future<Boolean> each : threads.invokeAll(asks)) {
                stored += each.get() ? 1 : 0;
            }
            assertThat(stored).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void what_became_of_it_is_told_until_it_has_ended() throws StoreException {
        String id = "one" + drainer;
        skips().ask(wish("one", 7, null), LONG);

        skips().tell(id, State.ACCEPTED, "dead-lettered now", "a");
        assertThat(skips().open()).extracting(SkipWish::id).contains(id);
        skips().tell(id, State.DONE, "passed", "b");
        skips().tell(id, State.ASKED, "late", "a");

        SkipWish ended = skips().find(id).orElseThrow();
        assertThat(ended.state()).isEqualTo(State.DONE);
        assertThat(ended.outcome()).isEqualTo("passed");
        assertThat(ended.instance()).isEqualTo("b");
        assertThat(skips().open()).extracting(SkipWish::id).doesNotContain(id);
        assertThat(skips().read(100)).contains(ended);
    }

    @Test
    void a_place_may_be_asked_for_again_only_after_the_wish_before_has_ended() throws StoreException {
        skips().ask(wish("one", 7, null), LONG);
        assertThat(skips().ask(wish("two", 7, null), LONG)).isFalse();
        skips().tell("one" + drainer, State.NOT_BLOCKING, "no", "a");

        assertThat(skips().ask(wish("two", 7, null), LONG)).isTrue();

        assertThat(skips().find("one" + drainer)).isEmpty();
        skips().tell("one" + drainer, State.DONE, "of the one before", "a");
        assertThat(skips().find("two" + drainer).orElseThrow().state()).isEqualTo(State.ASKED);
    }

    @Test
    void a_wish_that_nobody_carried_out_expires_and_may_be_asked_again() throws StoreException {
        skips().ask(wish("one", 7, null), Duration.ofSeconds(1));

        await().atMost(Duration.ofSeconds(30))
                .until(() -> skips().find("one" + drainer).orElseThrow().state() == State.EXPIRED);

        assertThat(skips().open()).extracting(SkipWish::id).doesNotContain("one" + drainer);
        assertThat(skips().ask(wish("two", 7, null), LONG)).isTrue();
    }

    private SkipWish wish(String id, long offset, Long toOffset) {
        return SkipWish.asked(id + drainer, drainer, "orders", 3, offset, toOffset, "anna", "cancelled");
    }
}
