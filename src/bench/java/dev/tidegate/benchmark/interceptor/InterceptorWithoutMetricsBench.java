package dev.tidegate.benchmark.interceptor;

import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Calls that succeed through a closed circuit, without Fault Tolerance's metrics. */
@ExtendWith(ArquillianExtension.class)
class InterceptorWithoutMetricsBench {
    @Deployment(testable = false)
    static WebArchive application() {
        return Comparison.application("MP_Fault_Tolerance_Metrics_Enabled=false");
    }

    @Test
    void a_call_that_succeeds_through_a_closed_circuit() throws Exception {
        new Comparison().print("without Fault Tolerance's metrics");
    }
}
