package dev.tidegate.store;

import dev.tidegate.core.StoreException;

/** The store answers reads and takes no writes, such as a former primary: it is as good as away. */
final class WritesRefusedException extends StoreException {
    private static final long serialVersionUID = 1L;

    WritesRefusedException(Exception refusal) {
        super("the store answers reads but takes no writes: " + refusal.getMessage(), refusal);
    }
}
