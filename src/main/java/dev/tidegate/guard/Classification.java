package dev.tidegate.guard;

import java.util.Arrays;
import java.util.Collection;
import java.util.Set;

/**
 * What an exception means for the circuit, by the names of classes; subclasses count, and the whole chain of causes is
 * looked at. An exception that is ignored is neutral; one that counts as success is a success; where failures are listed, any
 * other exception is a success too.
 *
 * @param failures class names of what is a failure, empty = everything that is in no other list
 * @param ignored class names of what proves nothing
 * @param successes class names of what is a success
 */
public record Classification(Set<String> failures, Set<String> ignored, Set<String> successes) {
    /** Every exception is a failure. */
    public static final Classification EVERY_EXCEPTION_FAILS = new Classification(Set.of(), Set.of(), Set.of());

    private static final int DEEPEST_CAUSE = 20;

    public Classification {
        failures = Set.copyOf(failures);
        ignored = Set.copyOf(ignored);
        successes = Set.copyOf(successes);
    }

    /** The same from lists, as a configuration has them. */
    public static Classification of(
            Collection<String> failures, Collection<String> ignored, Collection<String> successes) {
        return new Classification(Set.copyOf(failures), Set.copyOf(ignored), Set.copyOf(successes));
    }

    static Classification of(Guarded guarded) {
        return of(names(guarded.recordOn()), names(guarded.ignoreOn()), names(guarded.successOn()));
    }

    private static Set<String> names(Class<?>[] types) {
        return Set.copyOf(Arrays.stream(types).map(Class::getName).distinct().toList());
    }

    boolean isEmpty() {
        return failures.isEmpty() && ignored.isEmpty() && successes.isEmpty();
    }

    CallOutcome of(Throwable error) {
        if (isOneOf(ignored, error)) {
            return CallOutcome.NEUTRAL;
        }
        if (isOneOf(successes, error)) {
            return CallOutcome.SUCCESS;
        }
        return failures.isEmpty() || isOneOf(failures, error) ? CallOutcome.FAILURE : CallOutcome.SUCCESS;
    }

    private static boolean isOneOf(Set<String> names, Throwable error) {
        if (names.isEmpty()) {
            return false;
        }
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            for (Class<?> type = cause.getClass(); type != null; type = type.getSuperclass()) {
                if (names.contains(type.getName())) {
                    return true;
                }
            }
            cause = cause.getCause();
        }
        return false;
    }
}
