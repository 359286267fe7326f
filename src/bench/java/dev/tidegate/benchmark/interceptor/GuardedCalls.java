package dev.tidegate.benchmark.interceptor;

import dev.tidegate.guard.Guarded;
import jakarta.enterprise.context.ApplicationScoped;

/** Tidegate's interceptor. */
@ApplicationScoped
public class GuardedCalls implements Calls {
    @Override
    @Guarded("benchmark")
    public int call(int value) {
        return value + 1;
    }
}
