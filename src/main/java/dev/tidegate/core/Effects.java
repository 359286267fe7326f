package dev.tidegate.core;

import java.util.ArrayList;
import java.util.List;

/** What a step under the lock wants done once the lock is left, in order. Confined to one call. */
final class Effects {
    private final List<Runnable> steps = new ArrayList<>(2);
    private Runnable last = () -> {};

    void add(Runnable step) {
        steps.add(step);
    }

    /** Runs after everything else, since it may be somebody else's code. */
    void addLast(Runnable step) {
        last = step;
    }

    void run() {
        steps.forEach(Runnable::run);
        last.run();
    }
}
