package dev.tidegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.fixture.FakeTicker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class TimeWindowTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final FakeTicker ticker = new FakeTicker();

    /** The naive window: every call with its bucket, dropped when the bucket is 60 behind. */
    private static final class Oracle {
        private record Call(long second, boolean isFailure, boolean isSlow) {}

        private final Deque<Call> calls = new ArrayDeque<>();
        private final Deque<Long> run = new ArrayDeque<>();

        void add(long nanos, boolean isFailure, boolean isSlow) {
            calls.add(new Call(nanos / 1_000_000_000L, isFailure, isSlow));
            if (isFailure) {
                run.add(nanos);
            } else {
                run.clear();
            }
        }

        Counts counts(long nanos) {
            long second = nanos / 1_000_000_000L;
            calls.removeIf(call -> call.second() <= second - 60);
            return new Counts(
                    calls.size(),
                    calls.stream().filter(Call::isFailure).count(),
                    calls.stream().filter(Call::isSlow).count());
        }

        long run(long nanos) {
            return run.stream().filter(at -> nanos - at <= MINUTE.toNanos()).count();
        }
    }

    @RepeatedTest(200)
    void counts_what_a_naive_window_counts(RepetitionInfo repetition) {
        long seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        TimeWindow window = new TimeWindow(ticker, MINUTE, new FailureRun(1_000, MINUTE), this);
        Oracle oracle = new Oracle();
        long elapsed = 0;

        for (int i = 0; i < 400; i++) {
            long nanos = (long) (random.nextDouble() * random.nextDouble() * 5_000_000_000L);
            ticker.advance(Duration.ofNanos(nanos));
            elapsed += nanos;
            boolean isFailure = random.nextInt(3) == 0;
            boolean isSlow = random.nextInt(4) == 0;
            OneCall.in(window, isFailure, isSlow);
            oracle.add(elapsed, isFailure, isSlow);

            assertThat(window.counts()).as("seed %d, call %d", seed, i).isEqualTo(oracle.counts(elapsed));
            assertThat((long) window.consecutiveFailures())
                    .as("seed %d, call %d", seed, i)
                    .isEqualTo(oracle.run(elapsed));
        }
    }

    @Test
    void an_idle_minute_empties_the_window() {
        TimeWindow window = new TimeWindow(ticker, MINUTE, new FailureRun(5, MINUTE), this);
        window.failure();

        ticker.advance(MINUTE);
        ticker.advance(Duration.ofNanos(1));

        assertThat(window.counts()).isEqualTo(Counts.NONE);
        assertThat(window.consecutiveFailures()).isZero();
    }

    @Test
    void a_success_ends_the_run_of_failures() {
        TimeWindow window = new TimeWindow(ticker, MINUTE, new FailureRun(5, MINUTE), this);
        window.failure();
        window.failure();

        window.success();

        assertThat(window.consecutiveFailures()).isZero();
        assertThat(window.counts()).isEqualTo(new Counts(3, 2, 0));
    }
}
