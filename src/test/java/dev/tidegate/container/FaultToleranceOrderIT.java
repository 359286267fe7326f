package dev.tidegate.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.core.Counts;
import dev.tidegate.core.EffectiveState;
import dev.tidegate.guard.CircuitOpenException;
import dev.tidegate.guard.Circuits;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Which of Fault Tolerance's annotations run outside the guard, and what counts how often: the guard is innermost, so each
 * try is a call of its own. Runs in the server.
 */
@ExtendWith(ArquillianExtension.class)
class FaultToleranceOrderIT {
    private static final int THRESHOLD = 5;
    private static final Duration LONG = Duration.ofSeconds(60);

    @Inject
    Bank bank;

    @Inject
    Circuits circuits;

    @Inject
    FaultTolerantPayments payments;

    @Deployment
    static WebArchive application() {
        return EmbeddingApplication.with("""
                tidegate.circuit.defaults.failure-threshold=5
                tidegate.circuit.defaults.break-duration=PT5M
                """, Bank.class, BankIsDownException.class, FaultTolerantPayments.class);
    }

    @BeforeEach
    void breakIt() {
        bank.isDown(true);
    }

    private Counts counted(String circuit) {
        return circuits.circuit(circuit).window();
    }

    @Test
    void each_try_of_a_retry_is_one_guarded_call() {
        assertThatThrownBy(payments::chargeRetried).isInstanceOf(BankIsDownException.class);

        assertThat(bank.calls()).isEqualTo(FaultTolerantPayments.TRIES);
        assertThat(counted("retried").failures()).isEqualTo(FaultTolerantPayments.TRIES);
    }

    @Test
    void a_retry_that_aborts_on_a_refusal_ends_when_the_circuit_opens() {
        assertThatThrownBy(payments::chargeUntilRefused).isInstanceOf(CircuitOpenException.class);

        assertThat(bank.calls()).isEqualTo(THRESHOLD);
        assertThat(circuits.circuit("aborted").state()).isEqualTo(EffectiveState.OPEN);
    }

    @Test
    void a_call_that_times_out_is_one_failure() {
        assertThatThrownBy(payments::chargeTooSlowly).isInstanceOf(TimeoutException.class);

        assertThat(counted("timed-out").calls()).isEqualTo(1);
        assertThat(counted("timed-out").failures()).isEqualTo(1);
    }

    @Test
    void a_fallback_answers_for_failures_and_refusals_and_hides_none_from_the_circuit() throws Exception {
        for (int i = 0; i <= THRESHOLD; i++) {
            assertThat(payments.chargeOrLater()).isEqualTo("later");
        }

        assertThat(bank.calls()).isEqualTo(THRESHOLD);
        assertThat(circuits.circuit("fallen-back").state()).isEqualTo(EffectiveState.OPEN);
    }

    @Test
    void a_fallback_after_retries_within_a_timeout_counts_each_try_once() throws Exception {
        assertThat(payments.chargeByAllMeans()).isEqualTo("later");

        assertThat(bank.calls()).isEqualTo(FaultTolerantPayments.TRIES);
        assertThat(counted("all-three").failures()).isEqualTo(FaultTolerantPayments.TRIES);
    }

    @Test
    void each_try_of_an_asynchronous_retry_counts_as_its_stage_ends() {
        assertThat(payments.chargeAsynchronously())
                .failsWithin(LONG)
                .withThrowableThat()
                .withCauseInstanceOf(BankIsDownException.class);

        assertThat(bank.calls()).isEqualTo(FaultTolerantPayments.TRIES);
        assertThat(counted("asynchronous").failures()).isEqualTo(FaultTolerantPayments.TRIES);
    }
}
