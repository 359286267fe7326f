package dev.tidegate.benchmark.interceptor;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InterceptorBinding;
import jakarta.interceptor.InvocationContext;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Bound to an interceptor that does nothing: what any interceptor costs in this container. */
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface PassedOn {
    /** Only passes on. */
    @PassedOn
    @Interceptor
    @Priority(Interceptor.Priority.APPLICATION)
    class ToTheBean {
        @AroundInvoke
        Object around(InvocationContext call) throws Exception {
            return call.proceed();
        }
    }
}
