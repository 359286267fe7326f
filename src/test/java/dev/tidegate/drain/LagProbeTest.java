package dev.tidegate.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.fixture.FakeTicker;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LagProbeTest {
    private final FakeTicker ticker = new FakeTicker();
    private final AtomicInteger set = new AtomicInteger();
    private final ScheduledExecutorService scheduler = new ScheduledThreadPoolExecutor(1) {
        @Override
        public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
            set.incrementAndGet();
            return super.schedule(command, delay, unit);
        }
    };
    private final DrainState state = new DrainState(
            new SettingsOfDrainer().build(),
            new Turn(),
            ticker,
            ticker,
            new Tallies(),
            new Alarm(scheduler, ticker, () -> {}));
    private final Open directory = new Open();
    private final LagProbe probe = new LagProbe(directory, state, new TopicIds());

    /** A broker that is away: it leaves every question open. */
    private static final class Open implements TopicDirectory {
        final AtomicInteger questions = new AtomicInteger();
        CompletableFuture<Map<String, TopicFinding>> described = new CompletableFuture<>();
        CompletableFuture<Map<TopicPartition, Ends>> ended = new CompletableFuture<>();

        @Override
        public CompletionStage<Map<String, TopicFinding>> describe(Set<String> topics) {
            questions.incrementAndGet();
            return described;
        }

        @Override
        public CompletionStage<Map<TopicPartition, Ends>> ends(Set<TopicPartition> partitions) {
            questions.incrementAndGet();
            return ended;
        }

        @Override
        public void close() {}
    }

    LagProbeTest() {
        state.turn.endWith(() -> {
            probe.tick(ticker.nanos());
            Long next = probe.nextNanos();
            if (next != null) {
                state.alarm.by(next);
            }
        });
        state.turn.run(() -> state.fresh(DrainerBench.P0));
    }

    @AfterEach
    void end() {
        scheduler.shutdownNow();
    }

    private void ring(Duration after) {
        ticker.advance(after);
        state.turn.run(state.alarm::rang);
    }

    @Test
    void a_broker_that_leaves_both_questions_open_sets_no_alarm_however_late_it_is() {
        for (int i = 0; i < 100; i++) {
            ring(Duration.ofSeconds(1));
        }
        assertThat(directory.questions).hasValue(2);
        assertThat(set).hasValue(0);
        assertThat(state.turn.peek(probe::nextNanos)).isNull();
    }

    @Test
    void an_answer_to_either_question_sets_the_alarm_for_that_one_ahead_of_now() {
        ring(Duration.ofSeconds(10));
        CompletableFuture<Map<TopicPartition, TopicDirectory.Ends>> ended = directory.ended;
        directory.ended = new CompletableFuture<>();
        ended.completeExceptionally(new TimeoutException("no answer"));
        // It was due long ago: asked again at once, and then both are open again.
        assertThat(directory.questions).hasValue(3);
        assertThat(set).hasValue(0);

        CompletableFuture<Map<TopicPartition, TopicDirectory.Ends>> again = directory.ended;
        directory.ended = new CompletableFuture<>();
        again.complete(Map.of());
        assertThat(directory.questions).hasValue(3);
        assertThat(set).hasValue(1);
        assertThat(state.turn.peek(probe::nextNanos)).isEqualTo(ticker.nanos() + LagProbe.INTERVAL.toNanos());
    }
}
