package dev.tidegate.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ClassificationTest {
    private static final String IO = IOException.class.getName();

    @Test
    void by_default_everything_is_a_failure() {
        assertThat(Classification.EVERY_EXCEPTION_FAILS.of(new AssertionError()))
                .isEqualTo(CallOutcome.FAILURE);
    }

    @Test
    void a_subclass_is_what_its_class_is() {
        Classification ignoring = Classification.of(List.of(), List.of(IO), List.of());

        assertThat(ignoring.of(new FileNotFoundException())).isEqualTo(CallOutcome.NEUTRAL);
        assertThat(ignoring.of(new TimeoutException())).isEqualTo(CallOutcome.FAILURE);
    }

    @Test
    void a_cause_is_enough() {
        Classification succeeding = Classification.of(List.of(), List.of(), List.of(IO));

        assertThat(succeeding.of(new IllegalStateException(new RuntimeException(new IOException()))))
                .isEqualTo(CallOutcome.SUCCESS);
    }

    @Test
    void where_failures_are_listed_the_rest_is_a_success() {
        Classification only = Classification.of(List.of(IO), List.of(), List.of());

        assertThat(only.of(new IOException())).isEqualTo(CallOutcome.FAILURE);
        assertThat(only.of(new TimeoutException())).isEqualTo(CallOutcome.SUCCESS);
    }

    @Test
    void what_is_ignored_is_ignored_whatever_else_it_is() {
        Classification both = Classification.of(List.of(IO), List.of(IO), List.of(IO));

        assertThat(both.of(new IOException())).isEqualTo(CallOutcome.NEUTRAL);
    }

    @Test
    void a_chain_of_causes_that_closes_on_itself_ends() {
        Exception one = new Exception();
        Exception other = new Exception(one);
        one.initCause(other);

        assertThat(Classification.of(List.of(IO), List.of(), List.of()).of(one)).isEqualTo(CallOutcome.SUCCESS);
    }
}
