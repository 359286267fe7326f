package dev.tidegate.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.core.HistoryEntry;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {
    @Test
    void without_a_limit_a_page_has_fifty_entries() {
        assertThat(Query.limit(null)).isEqualTo(50);
        assertThat(Query.limit("1")).isEqualTo(1);
        assertThat(Query.limit("500")).isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-1", "0", "501", "1000000000", "99999999999999999999", "", " ", "5 ", "1e3", "NaN", "0x10"})
    void a_limit_out_of_bounds_is_a_bad_request_that_says_what_is_allowed(String limit) {
        assertThatThrownBy(() -> Query.limit(limit))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem())
                                .isEqualTo(Problem.of(
                                        400, "limit is '" + limit + "'; allowed is a number from 1 to 500")));
    }

    @Test
    void a_version_is_a_number_from_zero() {
        assertThat(Query.version("before", null)).isNull();
        assertThat(Query.version("before", "0")).isZero();
        assertThatThrownBy(() -> Query.version("before", "-1"))
                .hasMessage("before is '-1'; allowed is a version: a number from 0");
    }

    @Test
    void an_instant_has_a_date_a_time_and_a_zone() {
        assertThat(Query.instant("from", "2026-01-31T12:00:00Z")).isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
        assertThatThrownBy(() -> Query.instant("from", "yesterday"))
                .hasMessage("from is 'yesterday'; allowed is an instant such as 2026-01-31T12:00:00Z");
    }

    @Test
    void a_kind_is_read_in_either_case() {
        assertThat(Query.oneOf("kind", "override", HistoryEntry.Kind.class)).isEqualTo(HistoryEntry.Kind.OVERRIDE);
        assertThatThrownBy(() -> Query.oneOf("kind", "' OR 1=1--", HistoryEntry.Kind.class))
                .hasMessage("kind is '' OR 1=1--'; allowed is one of TRANSITION, OVERRIDE");
    }

    @Test
    void a_long_value_is_told_cut() {
        assertThatThrownBy(() -> Query.limit("9".repeat(10_000)))
                .hasMessage("limit is '" + "9".repeat(40) + "…'; allowed is a number from 1 to 500");
    }
}
