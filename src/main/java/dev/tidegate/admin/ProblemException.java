package dev.tidegate.admin;

/** Ends a call with a problem document. Has no stack trace: it tells of the request, not of this program. */
final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    static ProblemException badRequest(String detail) {
        return new ProblemException(Problem.of(400, detail));
    }

    Problem problem() {
        return problem;
    }
}
