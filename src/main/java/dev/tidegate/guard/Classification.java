package dev.tidegate.guard;

import java.util.List;

/**
 * What an exception means for the circuit; the whole chain of causes is looked at. An exception that is ignored is neutral;
 * one that counts as success is a success; where failures are listed, any other exception is a success too.
 */
record Classification(
        List<Class<? extends Throwable>> failures,
        List<Class<? extends Throwable>> ignored,
        List<Class<? extends Throwable>> successes) {
    static final Classification EVERY_EXCEPTION_FAILS = new Classification(List.of(), List.of(), List.of());

    /** What to count. */
    enum Kind {
        SUCCESS,
        FAILURE,
        NEUTRAL
    }

    Classification {
        failures = List.copyOf(failures);
        ignored = List.copyOf(ignored);
        successes = List.copyOf(successes);
    }

    Kind of(Throwable error) {
        if (isOneOf(ignored, error)) {
            return Kind.NEUTRAL;
        }
        if (isOneOf(successes, error)) {
            return Kind.SUCCESS;
        }
        return failures.isEmpty() || isOneOf(failures, error) ? Kind.FAILURE : Kind.SUCCESS;
    }

    private static boolean isOneOf(List<Class<? extends Throwable>> types, Throwable error) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < 20; depth++) {
            for (Class<? extends Throwable> type : types) {
                if (type.isInstance(cause)) {
                    return true;
                }
            }
            cause = cause.getCause();
        }
        return false;
    }
}
