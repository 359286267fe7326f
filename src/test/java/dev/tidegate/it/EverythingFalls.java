package dev.tidegate.it;

import dev.tidegate.bench.SteadyTraffic;
import dev.tidegate.fixture.LibertyServer;
import dev.tidegate.fixture.RunLength;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What two real servers do while everything lets them down at once. */
interface EverythingFalls {
    Duration STORM = RunLength.of(Duration.ofSeconds(15), Duration.ofMinutes(10));

    ChaosFleet fleet();

    @Test
    @Tag("full-length")
    @Order(40)
    default void a_storm_of_faults_leaves_nothing_lost_and_one_history() throws Exception {
        long seed = Long.getLong("tidegate.chaos.seed", System.nanoTime());
        RandomFaults faults = new RandomFaults(fleet(), new Random(seed));
        try (SteadyTraffic traffic = fleet().bench().traffic()) {
            fleet().awaitHandled(50);
            try {
                faults.rage(STORM);
            } finally {
                faults.endAll();
            }
            fleet().bench().instances().forEach(LibertyServer::awaitStarted);
            fleet().awaitHandled(50);
            fleet().awaitBothOwn();
            fleet().verdict().awaitAfter(traffic);
        } catch (Exception | AssertionError e) {
            throw new AssertionError("seed " + seed + ", faults:\n" + String.join("\n", faults.story()), e);
        }
    }
}
