package dev.tidegate.benchmark.hotpath;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.StreamSupport;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;

/**
 * One contender's figures: medians over the iterations of all forks, so that what else the machine did in some does not count.
 *
 * @param nanos per operation and thread on the clock
 * @param processorNanos per operation, of all threads
 * @param bytes allocated per operation
 */
record Row(double nanos, double processorNanos, double bytes) {
    static Row of(RunResult result) {
        return new Row(
                median(result, each -> each.getPrimaryResult().getScore()),
                median(result, each -> secondary(each, ProcessorTime.LABEL)),
                median(result, each -> secondary(each, "gc.alloc.rate.norm")));
    }

    private static double median(RunResult result, ToDoubleFunction<IterationResult> figure) {
        double[] sorted = result.getBenchmarkResults().stream()
                .flatMap(fork -> StreamSupport.stream(fork.getIterationResults().spliterator(), false))
                .mapToDouble(figure)
                .sorted()
                .toArray();
        return Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElse(Double.NaN);
    }

    // Some profilers put a mark before the name of what they tell.
    private static double secondary(IterationResult iteration, String label) {
        return iteration.getSecondaryResults().entrySet().stream()
                .filter(each -> each.getKey().endsWith(label))
                .mapToDouble(each -> each.getValue().getScore())
                .findFirst()
                .orElse(Double.NaN);
    }

    /** A line of the table, with ratios to the row of resilience4j. */
    String line(int threads, String name, Row peer) {
        return String.format(
                Locale.ROOT,
                "| %d | %s | %.1f | %.2f | %.1f | %.2f | %.1f |%n",
                threads,
                name,
                nanos,
                nanos / peer.nanos,
                processorNanos,
                processorNanos / peer.processorNanos,
                bytes);
    }
}
