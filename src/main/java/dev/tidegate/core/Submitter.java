package dev.tidegate.core;

import java.util.function.Consumer;

/**
 * Carries a decision to the store off the caller's thread. Never blocks and never throws; the answer comes on another
 * thread, or, in a simulation, later on the same one. Conflicts and unknown outcomes are settled behind it.
 */
@FunctionalInterface
public interface Submitter {
    void submit(Decision decision, Consumer<Submission> answer);
}
