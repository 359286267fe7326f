package dev.tidegate.core;

/** The store did not answer, or answered with an error: its reads are not to be had now. */
public class StoreException extends Exception {
    private static final long serialVersionUID = 1L;

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
