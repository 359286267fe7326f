package dev.tidegate.guard;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Calls of this method, or of all methods of this type, pass a circuit. A refused call ends at once with {@link
 * CircuitOpenException}; a method that returns a {@link java.util.concurrent.CompletionStage} answers a failed stage
 * instead, and its outcome counts when the stage completes.
 *
 * <p>By default a return is a success and every exception a failure, unless {@code tidegate.circuit.<x>.record-on}, {@code
 * ignore-on} or {@code success-on} says otherwise; where one of them is named here, what is named here holds alone. Causes
 * are looked through.
 */
@Inherited
@Documented
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Guarded {
    /** The circuit's name: {@code [a-z0-9][a-z0-9-]{0,62}}. */
    @Nonbinding
    String value();

    /** If not empty, only these exceptions are failures; all others count as success. */
    @Nonbinding
    Class<? extends Throwable>[] recordOn() default {};

    /** These exceptions prove nothing: neither success nor failure. */
    @Nonbinding
    Class<? extends Throwable>[] ignoreOn() default {};

    /** These exceptions are successes. */
    @Nonbinding
    Class<? extends Throwable>[] successOn() default {};

    /** The bean that says what a result means; by default every result is a success. */
    @Nonbinding
    Class<? extends ResultClassifier> results() default ResultClassifier.class;
}
