package dev.tidegate.core;

import static dev.tidegate.core.Rows.BREAK;
import static dev.tidegate.core.Rows.LEASE;
import static dev.tidegate.core.Rows.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class EdgesTest {
    private static final Instant PASSED = NOW.minusMillis(1);
    private static final Instant AHEAD = NOW.plusMillis(1);

    @Test
    void trip_opens_a_closed_circuit_until_the_break_is_over() {
        CircuitRecord row = written(Rows.closed(), Rows::trip);

        assertThat(row.state()).isEqualTo(AutomaticState.OPEN);
        assertThat(row.retryAt()).isEqualTo(NOW.plus(BREAK));
        assertThat(row.failedRounds()).isOne();
        assertThat(row.counts()).isEqualTo(new Counts(9, 5, 0));
        assertThat(row.lastError()).isEqualTo("503");
        assertThat(row.since()).isEqualTo(NOW);
    }

    @Test
    void claim_takes_the_lease_of_an_open_circuit_whose_break_is_over() {
        CircuitRecord row = written(Rows.open(PASSED), Rows::claim);

        assertThat(row.state()).isEqualTo(AutomaticState.HALF_OPEN);
        assertThat(row.lease()).isEqualTo(new Lease("b", NOW.plus(LEASE), 0, 0));
        assertThat(row.failedRounds()).isEqualTo(2);
    }

    @Test
    void takeover_takes_a_lease_that_ran_out() {
        CircuitRecord row = written(Rows.halfOpen(PASSED), Rows::takeover);

        assertThat(row.state()).isEqualTo(AutomaticState.HALF_OPEN);
        assertThat(row.lease()).isEqualTo(new Lease("b", NOW.plus(LEASE), 0, 0));
    }

    @Test
    void close_forgets_failed_rounds_and_lease() {
        CircuitRecord row = written(Rows.halfOpen(AHEAD), Rows::close);

        assertThat(row.state()).isEqualTo(AutomaticState.CLOSED);
        assertThat(row.failedRounds()).isZero();
        assertThat(row.lease()).isNull();
    }

    @Test
    void reopen_counts_the_failed_round_and_breaks_anew() {
        CircuitRecord row = written(Rows.halfOpen(AHEAD), Rows::reopen);

        assertThat(row.state()).isEqualTo(AutomaticState.OPEN);
        assertThat(row.failedRounds()).isEqualTo(3);
        assertThat(row.retryAt()).isEqualTo(NOW.plus(BREAK));
        assertThat(row.cause()).isEqualTo(Cause.PROBE_FAILED);
    }

    @Test
    void renew_moves_the_lease_and_no_epoch() {
        CircuitRecord before = Rows.halfOpen(AHEAD);

        Ruling.Write write = write(before, Rows.renew(before.fence()));

        assertThat(write.row().fence()).isEqualTo(before.fence());
        assertThat(write.row().version()).isEqualTo(before.version() + 1);
        assertThat(write.row().lease()).isEqualTo(new Lease("a", NOW.plus(LEASE), 3, 4));
        assertThat(write.entry()).isNull();
    }

    @Test
    void give_back_ends_the_lease_now_and_moves_no_epoch() {
        CircuitRecord before = Rows.halfOpen(AHEAD);

        Ruling.Write write = write(before, Rows.giveBack(before.fence()));

        assertThat(write.row().fence()).isEqualTo(before.fence());
        assertThat(Objects.requireNonNull(write.row().lease()).until()).isEqualTo(NOW);
        assertThat(write.entry()).isNull();
    }

    @Test
    void reset_closes_from_any_state_and_leaves_the_override() {
        CircuitRecord isolated = Rows.isolated(Rows.open(AHEAD), null);

        CircuitRecord row = written(isolated, Rows::reset);

        assertThat(row.state()).isEqualTo(AutomaticState.CLOSED);
        assertThat(row.override()).isEqualTo(isolated.override());
        assertThat(row.failedRounds()).isZero();
    }

    @Test
    void restore_opens_beyond_the_greatest_epoch_seen() {
        CircuitRecord before = Rows.closed();

        Ruling.Write write = write(before, Rows.restore(before.fence(), 11));

        assertThat(write.row().epoch()).isEqualTo(12);
        assertThat(write.row().state()).isEqualTo(AutomaticState.OPEN);
        assertThat(write.row().cause()).isEqualTo(Cause.RESTORED);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void a_forbidden_edge_writes_nothing(String why, CircuitRecord row, Function<Fence, Decision> decision) {
        assertThat(Edges.rule(row, decision.apply(row.fence()), NOW)).as(why).isInstanceOf(Ruling.Lost.class);
    }

    static Stream<Arguments> a_forbidden_edge_writes_nothing() {
        return Stream.of(
                forbidden("trip of an open circuit", Rows.open(PASSED), Rows::trip),
                forbidden("trip of a half-open circuit", Rows.halfOpen(AHEAD), Rows::trip),
                forbidden("claim of a closed circuit", Rows.closed(), Rows::claim),
                forbidden("claim before the break is over", Rows.open(AHEAD), Rows::claim),
                forbidden("claim of a half-open circuit", Rows.halfOpen(PASSED), Rows::claim),
                forbidden("takeover of a closed circuit", Rows.closed(), Rows::takeover),
                forbidden("takeover of an open circuit", Rows.open(PASSED), Rows::takeover),
                forbidden("takeover of a lease that holds", Rows.halfOpen(AHEAD), Rows::takeover),
                forbidden("close of a closed circuit", Rows.closed(), Rows::close),
                forbidden("close of an open circuit", Rows.open(PASSED), Rows::close),
                forbidden("close under a lease that ran out", Rows.halfOpen(PASSED), Rows::close),
                forbidden("close at the very end of the lease", Rows.halfOpen(NOW), Rows::close),
                forbidden("reopen of a closed circuit", Rows.closed(), Rows::reopen),
                forbidden("reopen of an open circuit", Rows.open(PASSED), Rows::reopen),
                forbidden("reopen under a lease that ran out", Rows.halfOpen(PASSED), Rows::reopen),
                forbidden("renewal of a closed circuit", Rows.closed(), Rows::renew),
                forbidden("renewal of a lease that ran out", Rows.halfOpen(PASSED), Rows::renew),
                forbidden("giving back a lease that ran out", Rows.halfOpen(PASSED), Rows::giveBack),
                forbidden("trip while isolated", Rows.isolated(Rows.closed(), null), Rows::trip),
                forbidden("claim while isolated", Rows.isolated(Rows.open(PASSED), AHEAD), Rows::claim),
                forbidden("takeover while isolated", Rows.isolated(Rows.halfOpen(PASSED), AHEAD), Rows::takeover),
                forbidden("close while isolated", Rows.isolated(Rows.halfOpen(AHEAD), AHEAD), Rows::close),
                forbidden("restore below an epoch that exists", Rows.closed(), base -> Rows.restore(base, 3)));
    }

    private static Arguments forbidden(String why, CircuitRecord row, Function<Fence, Decision> decision) {
        return Arguments.of(why, row, decision);
    }

    @ParameterizedTest
    @MethodSource("everyEdge")
    void a_decision_made_on_another_fence_is_lost(CircuitRecord row, Function<Fence, Decision> decision) {
        Fence sameEpochOtherToken = new Fence(row.epoch(), "other");
        Fence earlier = new Fence(row.epoch() - 1, row.fence().token());

        assertThat(Edges.rule(row, decision.apply(sameEpochOtherToken), NOW)).isInstanceOf(Ruling.Lost.class);
        assertThat(Edges.rule(row, decision.apply(earlier), NOW)).isInstanceOf(Ruling.Lost.class);
    }

    @ParameterizedTest
    @MethodSource("everyEdge")
    void an_edge_makes_the_next_epoch_under_its_own_token_and_one_history_entry(
            CircuitRecord row, Function<Fence, Decision> decision) {
        Decision edge = decision.apply(row.fence());

        Ruling.Write write = write(row, edge);

        assertThat(write.row().fence()).isEqualTo(new Fence(row.epoch() + 1, edge.token()));
        assertThat(write.row().version()).isEqualTo(row.version() + 1);
        HistoryEntry entry = Objects.requireNonNull(write.entry());
        assertThat(entry.fence()).isEqualTo(write.row().fence());
        assertThat(entry.version()).isEqualTo(write.row().version());
        assertThat(entry.from()).isEqualTo(row.state().name());
        assertThat(entry.to()).isEqualTo(write.row().state().name());
        assertThat(entry.at()).isEqualTo(NOW);
    }

    static Stream<Arguments> everyEdge() {
        return Stream.of(
                Arguments.of(Rows.closed(), (Function<Fence, Decision>) Rows::trip),
                Arguments.of(Rows.open(PASSED), (Function<Fence, Decision>) Rows::claim),
                Arguments.of(Rows.halfOpen(PASSED), (Function<Fence, Decision>) Rows::takeover),
                Arguments.of(Rows.halfOpen(AHEAD), (Function<Fence, Decision>) Rows::close),
                Arguments.of(Rows.halfOpen(AHEAD), (Function<Fence, Decision>) Rows::reopen),
                Arguments.of(Rows.open(AHEAD), (Function<Fence, Decision>) Rows::reset));
    }

    @Test
    void an_isolation_that_ended_stops_no_edge() {
        CircuitRecord row = Rows.isolated(Rows.closed(), PASSED);

        assertThat(write(row, Rows.trip(row.fence())).row().state()).isEqualTo(AutomaticState.OPEN);
    }

    @Test
    void an_override_moves_the_version_and_no_epoch() {
        CircuitRecord row = Rows.closed();

        Ruling.Write write = write(row, isolate(row, null));

        assertThat(write.row().fence()).isEqualTo(row.fence());
        assertThat(Objects.requireNonNull(write.row().override()).id()).isEqualTo(10);
        assertThat(Objects.requireNonNull(write.entry()).kind()).isEqualTo(HistoryEntry.Kind.OVERRIDE);
    }

    @Test
    void an_override_is_not_set_over_another() {
        CircuitRecord row = Rows.isolated(Rows.closed(), null);

        assertThat(Edges.rule(row, isolate(row, null), NOW)).isInstanceOf(Ruling.Lost.class);
    }

    @Test
    void an_override_is_extended_by_naming_the_one_in_force() {
        CircuitRecord row = Rows.isolated(Rows.closed(), AHEAD);

        CircuitRecord extended = write(row, isolate(row, 10L)).row();

        assertThat(Objects.requireNonNull(extended.override()).until()).isEqualTo(NOW.plusSeconds(3600));
        assertThat(Objects.requireNonNull(extended.override()).id()).isEqualTo(11);
    }

    @Test
    void an_end_that_has_not_passed_ends_no_override() {
        CircuitRecord row = Rows.isolated(Rows.closed(), AHEAD);

        assertThat(Edges.rule(row, end(row, 10), NOW)).isInstanceOf(Ruling.Lost.class);
    }

    @Test
    void an_end_ends_only_the_override_that_it_names() {
        CircuitRecord row = Rows.isolated(Rows.closed(), PASSED);

        assertThat(Edges.rule(row, end(row, 8), NOW)).isInstanceOf(Ruling.Lost.class);
        assertThat(write(row, end(row, 10)).row().override()).isNull();
    }

    private static Decision isolate(CircuitRecord row, @org.jspecify.annotations.Nullable Long replaces) {
        return new Decision.SetOverride(
                Rows.ORDERS,
                row.fence(),
                "o1",
                "a",
                OperatorOverride.Kind.ISOLATED,
                "op",
                "because",
                Duration.ofHours(1),
                replaces);
    }

    private static Decision end(CircuitRecord row, long id) {
        return new Decision.EndOverride(Rows.ORDERS, row.fence(), "o2", "a", id, null, null);
    }

    private static CircuitRecord written(CircuitRecord row, Function<Fence, Decision> decision) {
        return write(row, decision.apply(row.fence())).row();
    }

    private static Ruling.Write write(CircuitRecord row, Decision decision) {
        Ruling ruling = Edges.rule(row, decision, NOW);
        assertThat(ruling).isInstanceOf(Ruling.Write.class);
        return (Ruling.Write) ruling;
    }
}
