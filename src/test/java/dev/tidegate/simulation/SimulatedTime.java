package dev.tidegate.simulation;

import dev.tidegate.fixture.FakeTicker;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** One thread's worth of time: steps happen in the order of their moments, and the clock jumps from one to the next. */
final class SimulatedTime {
    private record Step(long at, long order, Runnable run) {}

    private final FakeTicker ticker = new FakeTicker();
    private final PriorityQueue<Step> steps =
            new PriorityQueue<>(Comparator.comparingLong(Step::at).thenComparingLong(Step::order));
    private long now;
    private long order;

    FakeTicker ticker() {
        return ticker;
    }

    /** Nanoseconds since the beginning. */
    long now() {
        return now;
    }

    void after(long nanos, Runnable run) {
        steps.add(new Step(now + Math.max(0, nanos), order++, run));
    }

    void runFor(Duration span, Runnable afterEachStep) {
        long end = now + span.toNanos();
        while (!steps.isEmpty() && steps.peek().at() <= end) {
            Step next = steps.poll();
            ticker.advance(Duration.ofNanos(next.at() - now));
            now = next.at();
            next.run().run();
            afterEachStep.run();
        }
        ticker.advance(Duration.ofNanos(end - now));
        now = end;
    }
}
