package dev.tidegate.benchmark.interceptor;

import jakarta.enterprise.context.ApplicationScoped;

/** No interceptor: only the proxy that the scope asks for. */
@ApplicationScoped
public class PlainCalls implements Calls {
    @Override
    public int call(int value) {
        return value + 1;
    }
}
