package dev.tidegate.wiring;

/** A text is not a value of its type; the message says what is allowed and, where it can, what was probably meant. */
final class NotAllowedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String problem;

    NotAllowedException(String problem) {
        super(problem);
        this.problem = problem;
    }

    String problem() {
        return problem;
    }
}
