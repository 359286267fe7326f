package dev.tidegate.core;

import java.time.Duration;

/**
 * The answer of a circuit to a call that wants to go through. A granted permit is settled by exactly one of {@code
 * success}, {@code failure}, {@code neutral} or {@code release}; settling it after the circuit moved on changes nothing and
 * counts as late. Safe for use by many threads.
 */
public sealed interface Permit {
    /** The epoch in which the answer was given. */
    long epoch();

    /** The call may be made. Permits of a closed circuit are one shared object, so keep no state by their identity. */
    non-sealed interface Granted extends Permit {
        /** The call did what it should. */
        void success();

        /** The call did what it should, in that many nanoseconds. */
        void success(long nanos);

        /** The dependency failed. */
        void failure(Failure failure);

        /** The dependency failed after that many nanoseconds. */
        void failure(Failure failure, long nanos);

        /** The dependency answered, but the answer proves nothing: a bad request. */
        void neutral();

        /** The call never reached the dependency: the permit is given back and nothing is counted. */
        void release();

        /** Whether this call decides a half-open round. */
        boolean isProbe();

        /** Whether the call's time matters: then it is settled with its nanoseconds; otherwise no clock need be read. */
        boolean isTimed();
    }

    /** The call must not be made. */
    non-sealed interface Refused extends Permit {
        RefusalReason reason();

        /** How long to wait before it is worth asking again, computed now; zero when nobody can tell. */
        Duration retryAfter();
    }
}
