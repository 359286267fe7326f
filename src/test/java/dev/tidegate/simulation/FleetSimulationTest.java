package dev.tidegate.simulation;

import dev.tidegate.simulation.FleetSimulation.Mode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Replay one seed with {@code -Dtidegate.simulation.seed=N}; run more with {@code -Dtidegate.simulation.runs=N}. */
class FleetSimulationTest {
    private static final int RUNS = Integer.getInteger("tidegate.simulation.runs", 1_000);

    @AfterAll
    static void end() {
        SimulatedInstance.IDLE.shutdownNow();
    }

    @Test
    void a_fleet_under_random_faults_keeps_every_invariant_and_recovers() {
        run(Mode.SAFETY);
    }

    @Test
    void a_fleet_with_one_instance_that_is_bad_for_ever_recovers_all_the_same() {
        run(Mode.LIVENESS);
    }

    private static void run(Mode mode) {
        Long replayed = Long.getLong("tidegate.simulation.seed");
        if (replayed != null) {
            new FleetSimulation(replayed, mode).run();
            return;
        }
        for (long seed = 1; seed <= RUNS; seed++) {
            new FleetSimulation(seed, mode).run();
        }
    }
}
