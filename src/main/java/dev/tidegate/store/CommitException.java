package dev.tidegate.store;

/** A commit that was not answered with success: whether it landed is not known. */
public final class CommitException extends Exception {
    private static final long serialVersionUID = 1L;

    public CommitException(Exception cause) {
        super("The store did not confirm a commit: it may be written or not", cause);
    }
}
