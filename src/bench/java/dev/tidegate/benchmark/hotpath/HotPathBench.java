package dev.tidegate.benchmark.hotpath;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Passing and being refused, with 1, 2 and 8 threads, as nanoseconds, bytes and ratios to resilience4j in the same run. */
class HotPathBench {
    private static final long MILLIS = (long) (1_000 * Double.parseDouble(System.getProperty("bench.seconds", "1")));

    @Test
    void ratios_of_the_hot_path() throws RunnerException, IOException {
        StringBuilder table = new StringBuilder("""
                | threads | what | ns/op | ratio | processor ns/op | ratio | B/op |
                | ---: | --- | ---: | ---: | ---: | ---: | ---: |
                """);
        for (int threads : new int[] {1, 2, 8}) {
            Collection<RunResult> results = run(threads);
            assertThat(results).isNotEmpty();
            table(table, threads, results);
        }
        Path file = Path.of(System.getProperty("bench.results", "target/bench"), "hot-path.md");
        Files.createDirectories(file.getParent());
        Files.writeString(file, table);
        System.out.println(table);
    }

    private static Collection<RunResult> run(int threads) throws RunnerException {
        TimeValue each = TimeValue.milliseconds(MILLIS);
        return new Runner(new OptionsBuilder()
                        .include(Passing.class.getName())
                        .include(Refusing.class.getName())
                        .threads(threads)
                        .forks(Integer.getInteger("bench.forks", 3))
                        .warmupIterations(3)
                        .warmupTime(each)
                        .measurementIterations(5)
                        .measurementTime(each)
                        .addProfiler(GCProfiler.class)
                        .addProfiler(ProcessorTime.class)
                        .jvmArgs("-Xmx512m")
                        .build())
                .run();
    }

    private static void table(StringBuilder table, int threads, Collection<RunResult> results) {
        Map<String, Row> rows = new TreeMap<>();
        results.forEach(each ->
                rows.put(each.getParams().getBenchmark().replaceAll(".*\\.(\\w+\\.\\w+)$", "$1"), Row.of(each)));
        rows.forEach((name, row) -> table.append(row.line(threads, name, peer(rows, name))));
    }

    private static Row peer(Map<String, Row> rows, String name) {
        String peer = name.startsWith("Passing") ? "Passing.resilience4jTime" : "Refusing.resilience4jTryAcquire";
        return Objects.requireNonNull(rows.get(peer));
    }
}
