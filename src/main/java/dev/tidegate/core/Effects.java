package dev.tidegate.core;

import java.util.ArrayList;
import java.util.List;

/** What a step under the lock wants done once the lock is left, in order. Confined to one call. */
final class Effects {
    private final List<Runnable> steps = new ArrayList<>(2);

    void add(Runnable step) {
        steps.add(step);
    }

    void run() {
        steps.forEach(Runnable::run);
    }
}
