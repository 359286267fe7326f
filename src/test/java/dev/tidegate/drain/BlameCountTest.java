package dev.tidegate.drain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BlameCountTest {
    private final BlameCount blame = new BlameCount();

    @Test
    void an_attempt_counts_only_if_something_else_succeeded_meanwhile() {
        blame.begin(5);
        assertThat(blame.failed(5)).isZero();
        blame.begin(5);
        assertThat(blame.failed(6)).isEqualTo(1);
        blame.begin(6);
        assertThat(blame.failed(6)).isEqualTo(1);
        blame.begin(9);
        assertThat(blame.failed(9)).isEqualTo(2);
    }

    @Test
    void successes_before_the_first_attempt_prove_nothing() {
        blame.begin(1_000);
        assertThat(blame.failed(1_000)).isZero();
    }
}
