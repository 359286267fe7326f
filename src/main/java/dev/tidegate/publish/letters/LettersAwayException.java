package dev.tidegate.publish.letters;

/** The dead letters could not be read, or a letter could not be sent, now; the message says which and why. */
public final class LettersAwayException extends Exception {
    private static final long serialVersionUID = 1L;

    public LettersAwayException(String message, Throwable cause) {
        super(message, cause);
    }
}
