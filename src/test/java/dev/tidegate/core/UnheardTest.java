package dev.tidegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Edges that were written although their writer was told that the store is away. */
class UnheardTest {
    private final OneBreaker a = new OneBreaker(OneBreaker.POLICY);

    @Test
    void a_trip_that_the_row_shows_to_be_written_is_told_by_its_writer_once() {
        a.fail(3);
        a.isAnswerLost = true;
        a.flush();
        assertThat(a.committed).isEmpty();

        a.poll();
        a.poll();
        a.flush();

        assertThat(a.committed).singleElement().isInstanceOf(Decision.Trip.class);
    }

    @Test
    void a_claim_that_the_row_shows_to_be_written_is_told_by_its_writer_once() {
        a.fail(3);
        a.flush();
        a.bench.advance(Duration.ofSeconds(33));
        a.refused();
        a.isAnswerLost = true;
        a.flush();

        a.poll();
        a.poll();

        assertThat(a.committed).hasSize(2).last().isInstanceOf(Decision.Claim.class);
    }

    @Test
    void one_that_was_not_written_and_is_submitted_again_is_told_once() {
        a.fail(3);
        a.isAway = true;
        a.flush();
        a.isAway = false;

        a.poll();
        a.flush();
        a.poll();

        assertThat(a.committed).singleElement().isInstanceOf(Decision.Trip.class);
    }

    @Test
    void one_that_another_instance_was_first_with_is_not_told() {
        OneBreaker b = new OneBreaker(a.bench, "b", OneBreaker.POLICY);
        b.fail(3);
        b.flush();
        a.fail(3);
        a.isAway = true;
        a.flush();

        a.poll();
        a.flush();

        assertThat(a.committed).isEmpty();
    }
}
