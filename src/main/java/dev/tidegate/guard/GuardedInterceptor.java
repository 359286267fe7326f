package dev.tidegate.guard;

import dev.tidegate.core.Permit;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Method;
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
    private final Instance<ResultClassifier> classifiers;
    private final Map<Method, Target> targets = new ConcurrentHashMap<>();

    @Inject
    public GuardedInterceptor(Circuits circuits, @Any Instance<ResultClassifier> classifiers) {
        this.circuits = circuits;
        this.classifiers = classifiers;
    }

    private record Target(Circuit circuit, Meaning meaning, boolean isAsync) {}

    @AroundInvoke
    @Nullable
    Object around(InvocationContext call) throws Exception {
        Target known = targets.get(call.getMethod());
        // Asked first: computing would take a lock wherever two methods share a place in the map, and make a lambda.
        Target target =
                known != null ? known : targets.computeIfAbsent(call.getMethod(), method -> targetOf(method, call));
        return target.isAsync()
                ? proceedAsync(target, call)
                : GuardedCall.make(target.circuit(), target.meaning(), InvocationContext::proceed, call);
    }

    // The call is made on the caller's thread, with its contexts; so a claim is waited for as by any other caller.
    private static @Nullable CompletionStage<?> proceedAsync(Target target, InvocationContext call) throws Exception {
        Permit permit = target.circuit().acquire();
        if (!(permit instanceof Permit.Granted granted)) {
            return CompletableFuture.failedFuture(GuardedCall.refusal(target.circuit(), permit));
        }
        GuardedCall begun = GuardedCall.begin(target.circuit(), granted, target.meaning());
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
        begun.returned(null);
        return null;
    }

    private Target targetOf(Method method, InvocationContext call) {
        Guarded guarded = bindingOf(method, call);
        Circuit circuit = circuits.circuit(guarded.value());
        Classification own = Classification.of(guarded);
        Classification exceptions =
                own.isEmpty() && circuit instanceof FleetCircuit configured ? configured.classification() : own;
        boolean isAsync = CompletionStage.class.isAssignableFrom(method.getReturnType());
        return new Target(circuit, new Meaning(exceptions, classifierOf(guarded, method)), isAsync);
    }

    private @Nullable ResultClassifier classifierOf(Guarded guarded, Method method) {
        Class<? extends ResultClassifier> type = guarded.results();
        if (type == ResultClassifier.class) {
            return null;
        }
        Instance<? extends ResultClassifier> bean = classifiers.select(type);
        if (!bean.isResolvable()) {
            throw new IllegalStateException("@Guarded(\"" + guarded.value() + "\") of " + method + " names "
                    + type.getName() + ", of which there is " + (bean.isUnsatisfied() ? "no" : "more than one")
                    + " CDI bean; give the class a scope, such as @ApplicationScoped");
        }
        return bean.get();
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
