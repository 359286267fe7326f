package dev.tidegate.guard;

import dev.tidegate.core.Permit;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Carries out {@link Guarded}. Runs inside MicroProfile Fault Tolerance's interceptor, so that each try of a {@code @Retry}
 * is one guarded call. Thread-safe.
 */
@Guarded("defaults-of-the-binding")
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_AFTER + 100)
public class GuardedInterceptor {
    private final Circuits circuits;
    private final Map<Method, Target> targets = new ConcurrentHashMap<>();

    @Inject
    public GuardedInterceptor(Circuits circuits) {
        this.circuits = circuits;
    }

    private record Target(Circuit circuit, Classification classification, boolean isAsync) {}

    @AroundInvoke
    @Nullable
    Object around(InvocationContext call) throws Exception {
        Target target = targets.computeIfAbsent(call.getMethod(), method -> targetOf(method, call));
        return target.isAsync()
                ? proceedAsync(target, call)
                : GuardedCall.make(target.circuit(), target.classification(), call::proceed);
    }

    // The call is made on the caller's thread, with its contexts; so a claim is waited for as by any other caller.
    private static @Nullable CompletionStage<?> proceedAsync(Target target, InvocationContext call) throws Exception {
        Permit permit = target.circuit().acquire();
        if (!(permit instanceof Permit.Granted granted)) {
            return CompletableFuture.failedFuture(GuardedCall.refusal(target.circuit(), permit));
        }
        GuardedCall begun = GuardedCall.begin(target.circuit(), granted, target.classification());
        Object answer;
        try {
            answer = call.proceed();
        } catch (Throwable error) {
            begun.threw(error);
            throw error;
        }
        if (answer instanceof CompletionStage<?> stage) {
            return begun.settledBy(stage);
        }
        begun.returned();
        return null;
    }

    private Target targetOf(Method method, InvocationContext call) {
        Guarded guarded = bindingOf(method, call);
        Classification classification = new Classification(
                List.of(guarded.recordOn()), List.of(guarded.ignoreOn()), List.of(guarded.successOn()));
        boolean isAsync = CompletionStage.class.isAssignableFrom(method.getReturnType());
        return new Target(circuits.circuit(guarded.value()), classification, isAsync);
    }

    private static Guarded bindingOf(Method method, InvocationContext call) {
        Guarded onMethod = method.getAnnotation(Guarded.class);
        if (onMethod != null) {
            return onMethod;
        }
        Guarded onType = method.getDeclaringClass().getAnnotation(Guarded.class);
        if (onType != null) {
            return onType;
        }
        return call.getInterceptorBindings().stream()
                .filter(Guarded.class::isInstance)
                .map(Guarded.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "a bug: " + method + " is guarded, but its @Guarded annotation was not found"));
    }
}
