package dev.tidegate.store;

import dev.tidegate.core.StoreException;

/** The store did not take a write, and it is certain that nothing of it is stored or ever will be. */
public final class NothingDoneException extends StoreException {
    private static final long serialVersionUID = 1L;

    public NothingDoneException(String message, Throwable cause) {
        super(message, cause);
    }
}
