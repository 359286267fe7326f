package dev.tidegate.core;

import static dev.tidegate.core.AutomaticState.CLOSED;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutageMergeTest {
    private static final Instant PASSED = Rows.NOW;
    private static final Instant AHEAD = Rows.NOW.plusMillis(1);

    @ParameterizedTest
    @EnumSource(
            value = AutomaticState.class,
            names = {"OPEN", "HALF_OPEN"})
    void what_did_not_close_alone_acts_by_the_row(AutomaticState local) {
        assertThat(merge(local, Rows.closed(), true)).isEqualTo(OutageMerge.ADOPT);
        assertThat(merge(local, Rows.open(PASSED), true)).isEqualTo(OutageMerge.ADOPT);
        assertThat(merge(local, Rows.halfOpen(AHEAD), true)).isEqualTo(OutageMerge.ADOPT);
    }

    @Test
    void closed_on_both_sides_nothing_is_written() {
        assertThat(merge(CLOSED, Rows.closed(), false)).isEqualTo(OutageMerge.KEEP);
    }

    @Test
    void closed_alone_over_an_open_row_claims_and_closes() {
        assertThat(merge(CLOSED, Rows.open(AHEAD), false)).isEqualTo(OutageMerge.CLAIM_AND_CLOSE);
    }

    @Test
    void closed_alone_under_the_own_lease_that_holds_closes() {
        assertThat(merge(CLOSED, Rows.halfOpen(AHEAD), true)).isEqualTo(OutageMerge.CLOSE);
    }

    @Test
    void closed_alone_under_anothers_lease_that_holds_follows_its_holder() {
        assertThat(merge(CLOSED, Rows.halfOpen(AHEAD), false)).isEqualTo(OutageMerge.ADOPT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closed_alone_under_a_lease_that_passed_takes_it_over_and_closes(boolean isOwnLease) {
        assertThat(merge(CLOSED, Rows.halfOpen(PASSED), isOwnLease)).isEqualTo(OutageMerge.CLAIM_AND_CLOSE);
    }

    private static OutageMerge merge(AutomaticState local, CircuitRecord row, boolean isOwnLease) {
        return OutageMerge.of(local, row, isOwnLease, Rows.NOW);
    }
}
