package dev.tidegate.simulation;

import java.util.Random;

/** A downstream that is sick and well by turns, until it is well for good. */
final class SimulatedDownstream {
    private final Random random;
    private double failureRatio;
    private boolean isHealthyForGood;

    SimulatedDownstream(Random random) {
        this.random = random;
    }

    void changeMind() {
        if (!isHealthyForGood) {
            failureRatio = random.nextBoolean() ? 0 : random.nextDouble();
        }
    }

    void healForGood() {
        isHealthyForGood = true;
        failureRatio = 0;
    }

    boolean isHealthyForGood() {
        return isHealthyForGood;
    }

    boolean answers() {
        return random.nextDouble() >= failureRatio;
    }
}
