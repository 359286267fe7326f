package dev.tidegate.guard;

import org.jspecify.annotations.Nullable;

/**
 * Says what a result means where a call fails by what it returns instead of by an exception; a CDI bean, named by {@link
 * Guarded#results()}. Called on the call's own thread, so it must return soon; what it throws is logged, and the result then
 * proves nothing.
 */
@FunctionalInterface
public interface ResultClassifier {
    /** @param result what was returned, or what the returned stage was completed with */
    CallOutcome of(@Nullable Object result);
}
