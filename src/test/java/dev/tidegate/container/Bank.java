package dev.tidegate.container;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;

/** The dependency, counting who comes through to it. Not guarded itself. */
@ApplicationScoped
public class Bank {
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean isDown;

    String charge() throws BankIsDownException {
        calls.incrementAndGet();
        if (isDown) {
            throw new BankIsDownException();
        }
        return "charged";
    }

    /** Breaks or mends it, and begins to count anew. */
    void isDown(boolean down) {
        isDown = down;
        calls.set(0);
    }

    int calls() {
        return calls.get();
    }
}
