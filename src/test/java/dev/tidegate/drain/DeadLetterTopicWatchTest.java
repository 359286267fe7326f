package dev.tidegate.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.fixture.FakeTicker;
import dev.tidegate.publish.DeadLetterTopicCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeadLetterTopicWatchTest {
    private final FakeTicker ticker = new FakeTicker();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final DrainState state = new DrainState(
            new SettingsOfDrainer().build(),
            new Turn(),
            ticker,
            ticker,
            new Tallies(),
            new Alarm(scheduler, ticker, () -> {}));
    private final List<Map<String, String>> asked = new ArrayList<>();
    private final LogOf log = new LogOf(DeadLetterTopicWatch.class);
    private CompletionStage<Map<String, DeadLetterTopicCheck>> answer =
            CompletableFuture.failedStage(new IllegalStateException("closed"));
    private final DeadLetterTopicWatch watch = new DeadLetterTopicWatch(
            topics -> {
                asked.add(topics);
                return answer;
            },
            state);

    DeadLetterTopicWatchTest() {
        state.turn.endWith(watch::tick);
        state.turn.run(() -> state.fresh(DrainerBench.P0).admit(new Uuid(1, 2), null));
    }

    @AfterEach
    void end() {
        log.close();
        scheduler.shutdownNow();
    }

    private void after(Duration wait) {
        ticker.advance(wait);
        state.turn.run(() -> {});
    }

    private static CompletionStage<Map<String, DeadLetterTopicCheck>> answer(DeadLetterTopicCheck found) {
        return CompletableFuture.completedStage(Map.of("orders.dlt", found));
    }

    @Test
    void a_topic_is_looked_for_every_half_minute_until_it_is_there() {
        assertThat(asked).containsExactly(Map.of("orders", "orders.dlt"));
        after(Duration.ofSeconds(29));
        assertThat(asked).hasSize(1);

        answer = answer(new DeadLetterTopicCheck.Absent("not allowed to make it"));
        after(Duration.ofSeconds(1));
        answer = answer(new DeadLetterTopicCheck.Unknown(new IllegalStateException("away")));
        after(Duration.ofSeconds(30));
        answer = answer(new DeadLetterTopicCheck.Ready(true));
        after(Duration.ofSeconds(30));
        assertThat(asked).hasSize(4);

        after(Duration.ofHours(1));
        assertThat(asked).hasSize(4);
    }

    @Test
    void a_look_that_failed_and_a_topic_that_is_absent_are_told_once_each() {
        after(Duration.ofSeconds(30));
        answer = answer(new DeadLetterTopicCheck.Absent("not allowed to make it"));
        after(Duration.ofSeconds(30));
        after(Duration.ofSeconds(30));

        assertThat(asked).hasSize(4);
        assertThat(log.lines).hasSize(2);
        assertThat(log.lines.get(0)).contains("drainer orders", "could not be looked for");
        assertThat(log.lines.get(1)).contains("orders.dlt is not ready: not allowed to make it");
    }
}
