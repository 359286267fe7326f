package dev.tidegate.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidegate.core.EffectiveState;
import dev.tidegate.guard.CircuitOpenException;
import dev.tidegate.guard.Circuits;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code @Guarded} wherever the container calls interceptors, each with a circuit of its own. Runs in the server. */
@ExtendWith(ArquillianExtension.class)
class GuardedInContainerIT {
    private static final int THRESHOLD = 3;
    private static final Duration LONG = Duration.ofSeconds(60);

    @Inject
    Bank bank;

    @Inject
    Circuits circuits;

    @Inject
    BeanPayments bean;

    @Inject
    StatelessPayments stateless;

    @Inject
    SingletonPayments singleton;

    @Inject
    PaymentTimer timer;

    @Deployment
    static WebArchive application() {
        return EmbeddingApplication.with(
                """
                tidegate.circuit.defaults.failure-threshold=3
                tidegate.circuit.defaults.break-duration=PT5M
                tidegate.circuit.timer.break-duration=PT1S
                tidegate.circuit.timer.break-multiplier=1
                """,
                Bank.class,
                BankIsDownException.class,
                BeanPayments.class,
                StatelessPayments.class,
                SingletonPayments.class,
                PaymentsResource.class,
                PaymentsResource.OpenCircuit.class,
                EmbeddingResources.class,
                PaymentTimer.class,
                PaymentTimer.Payments.class);
    }

    @BeforeEach
    void mend() {
        bank.isDown(false);
    }

    @Test
    void a_bean_is_guarded() throws Exception {
        opensAndRefuses("bean", bean::charge);
    }

    @Test
    void a_stateless_ejb_is_guarded_and_its_refusal_is_not_wrapped() throws Exception {
        opensAndRefuses("stateless", stateless::charge);
    }

    @Test
    void a_singleton_ejb_is_guarded_and_lives_on_after_a_refusal() throws Exception {
        opensAndRefuses("singleton", singleton::charge);
        assertThatThrownBy(singleton::charge).isInstanceOf(CircuitOpenException.class);
    }

    private void opensAndRefuses(String circuit, Callable<String> call) throws Exception {
        assertThat(call.call()).isEqualTo("charged");
        bank.isDown(true);
        for (int i = 0; i < THRESHOLD; i++) {
            assertThatThrownBy(call::call).isInstanceOf(BankIsDownException.class);
        }

        assertThatThrownBy(call::call)
                .isInstanceOfSatisfying(
                        CircuitOpenException.class,
                        refused -> assertThat(refused.circuit()).isEqualTo(circuit));
        assertThat(bank.calls()).isEqualTo(THRESHOLD);
        assertThat(circuits.circuit(circuit).state()).isEqualTo(EffectiveState.OPEN);
    }

    @Test
    void a_resource_is_guarded() throws Exception {
        assertThat(get("app/payments").statusCode()).isEqualTo(200);
        bank.isDown(true);
        for (int i = 0; i < THRESHOLD; i++) {
            assertThat(get("app/payments").statusCode()).isEqualTo(500);
        }

        HttpResponse<String> refused = get("app/payments");

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
        assertThat(bank.calls()).isEqualTo(THRESHOLD);
    }

    @Test
    void tidegates_own_resources_let_nobody_in_that_the_application_knows_nothing_of() throws Exception {
        assertThat(get("api/v1/circuits").statusCode()).isIn(401, 403);
    }

    @Test
    void an_application_that_only_guards_calls_is_ready_without_a_broker() {
        await().atMost(LONG)
                .untilAsserted(() ->
                        assertThat(getFromServer("/health/ready").statusCode()).isEqualTo(200));
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return getFromServer("/embedding/" + path);
    }

    private static HttpResponse<String> getFromServer(String path) throws Exception {
        String port = ConfigProvider.getConfig().getValue("HTTP_PORT", String.class);
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void a_stage_counts_when_it_completes_and_a_refusal_is_a_failed_stage() {
        bank.isDown(true);
        CompletableFuture<?> later = new CompletableFuture<>();
        for (int i = 0; i < THRESHOLD; i++) {
            CompletionStage<String> unused = bean.chargeLater(later);
        }
        assertThat(circuits.circuit("bean-later").state()).isEqualTo(EffectiveState.CLOSED);

        later.complete(null);

        await().atMost(LONG).until(() -> circuits.circuit("bean-later").state() == EffectiveState.OPEN);
        assertThat(bean.chargeLater(later))
                .failsWithin(LONG)
                .withThrowableThat()
                .withCauseInstanceOf(CircuitOpenException.class);
        assertThat(bank.calls()).isEqualTo(THRESHOLD);
    }

    @Test
    void a_timer_goes_on_ticking_while_the_circuit_refuses_and_closes_it_when_the_dependency_is_back() {
        bank.isDown(true);
        timer.start();
        try {
            await().atMost(LONG).until(() -> timer.failed() >= THRESHOLD && timer.refused() > THRESHOLD);

            bank.isDown(false);

            await().atMost(LONG).until(() -> circuits.circuit("timer").state() == EffectiveState.CLOSED);
            await().atMost(LONG).until(() -> bank.calls() > THRESHOLD);
        } finally {
            timer.stop();
        }
    }
}
