package dev.tidegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.fixture.FakeTicker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class CountWindowTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final FakeTicker ticker = new FakeTicker();

    private CountWindow window(int size) {
        return new CountWindow(ticker, size, new FailureRun(1_000, MINUTE), this);
    }

    @RepeatedTest(200)
    void holds_what_a_list_of_the_last_calls_holds(RepetitionInfo repetition) {
        long seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        int size = 1 + random.nextInt(50);
        CountWindow window = window(size);
        Deque<boolean[]> oracle = new ArrayDeque<>();

        for (int i = 0; i < 400; i++) {
            boolean isFailure = random.nextInt(3) == 0;
            boolean isSlow = random.nextInt(4) == 0;
            OneCall.in(window, isFailure, isSlow);
            oracle.addLast(new boolean[] {isFailure, isSlow});
            if (oracle.size() > size) {
                oracle.removeFirst();
            }

            assertThat(window.counts())
                    .as("seed %d, call %d", seed, i)
                    .isEqualTo(new Counts(
                            oracle.size(),
                            oracle.stream().filter(call -> call[0]).count(),
                            oracle.stream().filter(call -> call[1]).count()));
        }
    }

    @Test
    void calls_stay_however_old_they_are_but_a_run_of_failures_does_not() {
        CountWindow window = window(10);
        window.failure();

        ticker.advance(MINUTE.plusNanos(1));

        assertThat(window.counts()).isEqualTo(new Counts(1, 1, 0));
        assertThat(window.consecutiveFailures()).isZero();
    }

    @Test
    void calls_of_many_threads_leave_sums_that_are_what_the_ring_holds() throws Exception {
        CountWindow window = window(7);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> callers = new ArrayList<>();
            for (int caller = 0; caller < 4; caller++) {
                Random random = new Random(caller);
                callers.add(threads.submit(() -> {
                    for (int i = 0; i < 50_000; i++) {
                        OneCall.in(window, random.nextBoolean(), random.nextBoolean());
                    }
                }));
            }
            for (Future<?> each : callers) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(window.counts().calls()).isEqualTo(7);

        for (int i = 0; i < 7; i++) {
            window.success();
        }

        assertThat(window.counts()).isEqualTo(new Counts(7, 0, 0));
    }
}
