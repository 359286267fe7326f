package dev.tidegate.core;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Test;

/**
 * Windows under every interleaving that Lincheck's model checker comes to: what a thread reads must be what some order of
 * the calls one after the other would give. Figures are read one by one: a call is not in all of them at the same moment.
 */
class WindowLincheckTest {
    // Nothing before the threads begin, or what races over a bucket that is missing would never be seen.
    private static void check(Class<?> subject) {
        new ModelCheckingOptions()
                .iterations(12)
                .invocationsPerIteration(300)
                .threads(2)
                .actorsPerThread(4)
                .actorsBefore(0)
                .actorsAfter(1)
                .loopBound(1_000)
                .check(subject);
    }

    @Test
    void calls_of_a_time_are_counted_in_some_order() {
        check(CallsOfATime.class);
    }

    @Test
    void a_thread_that_stalled_for_a_whole_window_costs_no_call_of_another() throws Exception {
        Actor success = new Actor(CallsOfATime.class.getMethod("success"), List.of());
        Actor passes = new Actor(CallsOfATime.class.getMethod("timePasses"), List.of());
        Actor calls = new Actor(CallsOfATime.class.getMethod("calls"), List.of());
        List<List<Actor>> threads = List.of(List.of(success, passes, passes, success, calls), List.of(success));

        new ModelCheckingOptions()
                .iterations(0)
                .invocationsPerIteration(3_000)
                .loopBound(1_000)
                .addCustomScenario(new ExecutionScenario(List.of(), threads, List.of(), null))
                .check(CallsOfATime.class);
    }

    @Test
    void failures_of_a_time_are_counted_in_some_order() {
        check(FailuresOfATime.class);
    }

    @Test
    void the_last_calls_are_counted_in_some_order() {
        check(LastCalls.class);
    }

    @Test
    void a_failure_reads_a_run_that_holds_itself() {
        check(Runs.class);
    }

    /** A window of 60 ns, whose buckets are 1 ns each. */
    abstract static class OfATime {
        private final AtomicLong nanos = new AtomicLong();
        final Window window =
                new TimeWindow(nanos::get, Duration.ofNanos(60), new FailureRun(3, Duration.ofNanos(60)), new Object());

        final void pass() {
            nanos.addAndGet(60);
        }
    }

    public static class CallsOfATime extends OfATime {
        @Operation
        public void success() {
            window.success();
        }

        @Operation
        public void failure() {
            window.failure();
        }

        @Operation
        public void timePasses() {
            pass();
        }

        @Operation
        public long calls() {
            return window.counts().calls();
        }
    }

    public static class FailuresOfATime extends OfATime {
        @Operation
        public void failure() {
            window.failure();
        }

        @Operation
        public void slowFailure() {
            window.slowFailure();
        }

        @Operation
        public void timePasses() {
            pass();
        }

        @Operation
        public long failures() {
            return window.counts().failures();
        }

        @Operation
        public boolean ratioIsAboveOne() {
            Counts counts = window.counts();
            return counts.failures() > counts.calls() || counts.slow() > counts.calls();
        }
    }

    public static class LastCalls {
        // As many as there are calls: with fewer places a thread that stalls puts its call over a newer one.
        private final Window window =
                new CountWindow(() -> 0, 12, new FailureRun(3, Duration.ofNanos(60)), new Object());

        @Operation
        public void success() {
            window.success();
        }

        @Operation
        public void slowFailure() {
            window.slowFailure();
        }

        @Operation
        public long calls() {
            return window.counts().calls();
        }

        @Operation
        public boolean ratioIsAboveOne() {
            Counts counts = window.counts();
            return counts.failures() > counts.calls() || counts.slow() > counts.calls();
        }
    }

    public static class Runs {
        private final FailureRun run = new FailureRun(3, Duration.ofNanos(60));

        @Operation
        public void success() {
            run.success();
        }

        @Operation
        public int failure() {
            return run.failure(0);
        }

        @Operation
        public int length() {
            return run.length(0);
        }
    }
}
