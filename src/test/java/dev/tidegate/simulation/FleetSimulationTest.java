package dev.tidegate.simulation;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Replay one seed with {@code -Dtidegate.simulation.seed=N}; run more with {@code -Dtidegate.simulation.runs=N}. */
class FleetSimulationTest {
    private static final int RUNS = Integer.getInteger("tidegate.simulation.runs", 2_000);

    @AfterAll
    static void end() {
        SimulatedInstance.IDLE.shutdownNow();
    }

    @Test
    void a_fleet_under_random_faults_keeps_every_invariant_and_recovers() {
        Long replayed = Long.getLong("tidegate.simulation.seed");
        if (replayed != null) {
            new FleetSimulation(replayed).run();
            return;
        }
        for (long seed = 1; seed <= RUNS; seed++) {
            new FleetSimulation(seed).run();
        }
    }
}
