package dev.tidegate.simulation;

/** What holds after every step of every run. */
interface Invariant {
    /** What is wrong, or an empty text. */
    String violationIn(FleetSimulation.World world);
}
