package dev.tidegate.benchmark.interceptor;

import jakarta.enterprise.context.ApplicationScoped;

/** An interceptor that does nothing. */
@ApplicationScoped
public class PassedOnCalls implements Calls {
    @Override
    @PassedOn
    public int call(int value) {
        return value + 1;
    }
}
