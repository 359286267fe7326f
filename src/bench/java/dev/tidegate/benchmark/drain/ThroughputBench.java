package dev.tidegate.benchmark.drain;

import dev.tidegate.fixture.KafkaBroker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prints records in a second for each contender, all in one run; the median of the rounds, in which they take turns. */
class ThroughputBench {
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
    private static final int RECORDS = Integer.getInteger("bench.records", 2_000_000);
    private static final Contender PARALLEL =
            new ParallelConsumer(Path.of(System.getProperty("bench.peer", "target/peer")));
    private static final List<Contender> ALL =
            List.of(new BareLoop(), new TidegateDrainers(), new SpringContainer(), PARALLEL);
    private static final Work NOTHING = new Work(0, 16);

    @TempDir
    private static Path directory;

    private static KafkaBroker broker;
    private static int groups;

    @BeforeAll
    static void start() {
        broker = KafkaBroker.startForLoad(directory);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void one_drainer_on_one_partition_with_small_records() throws Exception {
        compare("1 on 1 partition, 100 B", Load.fill(broker, "one-small", 1, 1, RECORDS, 100), NOTHING, ALL);
    }

    @Test
    void one_drainer_on_one_partition_with_records_of_a_kibibyte() throws Exception {
        compare("1 on 1 partition, 1 KiB", Load.fill(broker, "one-big", 1, 1, RECORDS / 4, 1_024), NOTHING, ALL);
    }

    @Test
    void five_drainers_on_ten_partitions_with_small_records() throws Exception {
        compare("5 on 10 partitions, 100 B", Load.fill(broker, "five-small", 5, 2, RECORDS, 100), NOTHING, ALL);
    }

    @Test
    void five_drainers_on_ten_partitions_with_records_of_a_kibibyte() throws Exception {
        compare("5 on 10 partitions, 1 KiB", Load.fill(broker, "five-big", 5, 2, RECORDS / 4, 1_024), NOTHING, ALL);
    }

    @Test
    void a_downstream_that_takes_ten_milliseconds() throws Exception {
        List<Contender> concurrent = List.of(new TidegateDrainers(), PARALLEL);
        Load load = Load.fill(broker, "slow", 1, 4, RECORDS / 50, 100);
        compare("10 ms each, 64 at once (6,400 possible)", load, new Work(10, 64), concurrent);
    }

    private static void compare(String title, Load load, Work work, List<Contender> contenders) throws Exception {
        Map<String, List<Double>> speeds = new LinkedHashMap<>();
        for (int round = 0; round <= ROUNDS; round++) {
            for (Contender contender : contenders) {
                double speed = contender.drain(load, work, "bench-" + groups++ + "-");
                // The first round warms up.
                if (round > 0) {
                    speeds.computeIfAbsent(contender.name(), name -> new ArrayList<>())
                            .add(speed);
                }
            }
        }
        print(title, speeds);
    }

    private static void print(String title, Map<String, List<Double>> speeds) {
        StringBuilder table = new StringBuilder("\n" + title + "\n");
        speeds.forEach((name, each) -> table.append(String.format(
                Locale.ROOT,
                "  %-18s %,10.0f /s   Tidegate is at %.2f of it   (%,.0f to %,.0f)%n",
                name,
                median(each),
                median(speeds.get("Tidegate")) / median(each),
                each.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
                each.stream().mapToDouble(Double::doubleValue).max().orElseThrow())));
        System.out.print(table);
    }

    private static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
