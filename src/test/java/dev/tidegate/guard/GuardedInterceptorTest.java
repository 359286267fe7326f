package dev.tidegate.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.core.EffectiveState;
import dev.tidegate.fixture.TestCircuits;
import dev.tidegate.store.InMemoryCircuitStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GuardedInterceptorTest {
    private static final int THRESHOLD = 3;

    private SeContainer container;
    private Payments payments;
    private Circuits circuits;

    @BeforeAll
    void start() {
        container = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addBeanClasses(
                        Payments.class,
                        TypeGuarded.class,
                        CircuitsOfTest.class,
                        GuardedInterceptor.class,
                        ByStatus.class)
                .enableInterceptors(GuardedInterceptor.class)
                .initialize();
        payments = container.select(Payments.class).get();
        circuits = container.select(Circuits.class).get();
    }

    @AfterAll
    void end() {
        container.close();
    }

    /** Brings what wiring brings in the product. */
    @ApplicationScoped
    static class CircuitsOfTest {
        @Produces
        @ApplicationScoped
        Circuits circuits() {
            Classification ignoring =
                    Classification.of(List.of(), List.of(FileNotFoundException.class.getName()), List.of());
            return new TestCircuits(
                    "test",
                    new InMemoryCircuitStore(InstantSource.system()),
                    name -> name.value().equals("configured")
                            ? new CircuitDefinition(CircuitKind.CUSTOM, TestCircuits.quick(), ignoring)
                            : new CircuitDefinition(CircuitKind.CUSTOM, TestCircuits.quick()));
        }
    }

    /** A bean as applications write them. */
    @ApplicationScoped
    static class Payments {
        @Guarded("charge")
        String charge(boolean isDown) throws IOException {
            if (isDown) {
                throw new IOException("no route to the bank");
            }
            return "charged";
        }

        @Guarded(value = "validate", ignoreOn = IllegalArgumentException.class)
        String validate(String card) {
            throw new IllegalArgumentException("not a card: " + card);
        }

        @Guarded(value = "answer", results = ByStatus.class)
        Integer answer(int status) {
            return status;
        }

        @Guarded(value = "answer-later", results = ByStatus.class)
        CompletionStage<Integer> answerLater(int status) {
            return CompletableFuture.completedFuture(status);
        }

        @Guarded(value = "no-bean", results = NoBean.class)
        Integer withoutBean() {
            return 1;
        }

        @Guarded("configured")
        void configured() {
            throw new UncheckedIOException(new FileNotFoundException("gone"));
        }

        @Guarded(value = "configured", recordOn = IllegalStateException.class)
        void own() {
            throw new UncheckedIOException(new FileNotFoundException("gone"));
        }

        @Guarded("later")
        CompletionStage<String> later(CompletableFuture<String> answer) {
            return answer;
        }
    }

    /** What a status means. */
    @ApplicationScoped
    static class ByStatus implements ResultClassifier {
        @Override
        public CallOutcome of(@Nullable Object result) {
            if (result == null || result.equals(0)) {
                throw new IllegalStateException("not a status");
            }
            int status = (Integer) result;
            return status >= 500 ? CallOutcome.FAILURE : status >= 400 ? CallOutcome.NEUTRAL : CallOutcome.SUCCESS;
        }
    }

    /** No CDI bean. */
    abstract static class NoBean implements ResultClassifier {}

    /** Guarded as a whole. */
    @ApplicationScoped
    @Guarded("whole-type")
    static class TypeGuarded {
        String answer() {
            return "here";
        }
    }

    @Test
    void exceptions_of_a_guarded_method_trip_its_circuit_and_calls_are_refused() throws IOException {
        assertThat(payments.charge(false)).isEqualTo("charged");
        for (int i = 0; i < THRESHOLD; i++) {
            assertThatThrownBy(() -> payments.charge(true)).isInstanceOf(IOException.class);
        }

        assertThatThrownBy(() -> payments.charge(false))
                .isInstanceOfSatisfying(
                        CircuitOpenException.class,
                        refusal -> assertThat(refusal.circuit()).isEqualTo("charge"));
    }

    @Test
    void an_ignored_exception_reaches_the_caller_and_proves_nothing() {
        for (int i = 0; i < 2 * THRESHOLD; i++) {
            assertThatThrownBy(() -> payments.validate("4711")).isInstanceOf(IllegalArgumentException.class);
        }

        assertThat(circuits.circuit("validate").state()).isEqualTo(EffectiveState.CLOSED);
        assertThat(circuits.circuit("validate").counters().neutrals()).isEqualTo(2L * THRESHOLD);
    }

    @Test
    void a_stage_counts_when_it_completes_and_a_refusal_comes_as_a_failed_stage() {
        for (int i = 0; i < THRESHOLD; i++) {
            CompletableFuture<String> answer = new CompletableFuture<>();
            CompletionStage<String> call = payments.later(answer);
            answer.completeExceptionally(new IOException("down"));
            assertThat(call.toCompletableFuture()).isCompletedExceptionally();
        }

        assertThat(payments.later(CompletableFuture.completedFuture("never")).toCompletableFuture())
                .failsWithin(java.time.Duration.ZERO)
                .withThrowableOfType(java.util.concurrent.ExecutionException.class)
                .withCauseInstanceOf(CircuitOpenException.class);
    }

    @Test
    void an_annotation_on_the_type_guards_every_method() {
        container.select(TypeGuarded.class).get().answer();

        assertThat(circuits.circuit("whole-type").counters().successes()).isOne();
    }

    @Test
    void a_result_means_what_its_classifier_says() {
        payments.answer(200);
        payments.answer(400);
        payments.answer(503);
        payments.answerLater(503);

        assertThat(circuits.circuit("answer").counters().successes()).isOne();
        assertThat(circuits.circuit("answer").counters().neutrals()).isOne();
        assertThat(circuits.circuit("answer").counters().failures()).isOne();
        assertThat(circuits.circuit("answer-later").counters().failures()).isOne();
    }

    @Test
    void a_classifier_that_fails_leaks_no_permit_and_hides_no_result() {
        long before = circuits.circuit("answer").counters().neutrals();

        assertThat(payments.answer(0)).isZero();

        assertThat(circuits.circuit("answer").counters().neutrals()).isEqualTo(before + 1);
    }

    @Test
    void a_classifier_that_is_no_bean_is_told_with_what_to_do() {
        assertThatThrownBy(() -> payments.withoutBean())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("NoBean")
                .hasMessageContaining("give the class a scope");
    }

    @Test
    void what_the_annotation_names_holds_alone_and_without_it_the_circuits_configuration() {
        for (int i = 0; i < 2 * THRESHOLD; i++) {
            assertThatThrownBy(() -> payments.configured()).isInstanceOf(UncheckedIOException.class);
            assertThatThrownBy(() -> payments.own()).isInstanceOf(UncheckedIOException.class);
        }

        assertThat(circuits.circuit("configured").counters().neutrals()).isEqualTo(2L * THRESHOLD);
        assertThat(circuits.circuit("configured").counters().successes()).isEqualTo(2L * THRESHOLD);
    }
}
