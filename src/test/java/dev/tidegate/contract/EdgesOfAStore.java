package dev.tidegate.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.core.AutomaticState;
import dev.tidegate.core.Cause;
import dev.tidegate.core.CircuitName;
import dev.tidegate.core.CircuitRecord;
import dev.tidegate.core.Counts;
import dev.tidegate.core.Fence;
import dev.tidegate.core.HistoryEntry;
import dev.tidegate.core.StoreException;
import dev.tidegate.core.StoreView;
import dev.tidegate.core.WriteResult;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rows are made once; every edge of the protocol is carried out, and every forbidden one is lost. */
abstract class EdgesOfAStore extends StoreUnderTest {
    private final Duration odd = Duration.ofNanos(30_000_123_456_789L);

    @Test
    void a_new_circuit_is_closed_at_epoch_and_version_0() throws StoreException {
        CircuitRecord row = row();

        assertThat(row).isEqualTo(CircuitRecord.created(circuit, row.since()));
        assertThat(store.history(circuit, 10, null)).isEmpty();
    }

    @Test
    void creating_again_leaves_the_row_and_makes_only_what_is_missing() throws StoreException {
        CircuitRecord tripped = committed(here.trip(row(), HOUR));
        CircuitName other = new CircuitName(circuit + "-other");

        instance().create(Set.of(circuit, other));

        assertThat(row()).isEqualTo(tripped);
        assertThat(row(other).state()).isEqualTo(AutomaticState.CLOSED);
    }

    @Test
    void a_read_brings_the_stores_time_and_it_moves_on() throws StoreException {
        StoreView first = store.read();
        StoreView second = store.read();

        assertThat(second.storeNow()).isAfterOrEqualTo(first.storeNow());
        assertThat(second.storeNow()).isAfterOrEqualTo(row().since());
    }

    @Test
    void a_trip_is_written_whole_and_read_back_equal() throws StoreException {
        CircuitRecord before = row();

        CircuitRecord row = committed(here.trip(before, odd));

        assertThat(row.state()).isEqualTo(AutomaticState.OPEN);
        assertThat(row.version()).isEqualTo(1);
        assertThat(row.epoch()).isEqualTo(1);
        assertThat(row.cause()).isEqualTo(Cause.CONSECUTIVE_FAILURES);
        assertThat(row.counts()).isEqualTo(new Counts(7, 5, 1));
        assertThat(row.failedRounds()).isEqualTo(1);
        assertThat(row.writer()).isEqualTo("here");
        assertThat(Duration.between(row.since(), row.retryAt())).isEqualTo(Duration.ofNanos(30_000_123_456_000L));
    }

    @Test
    void text_that_a_database_would_refuse_does_not_keep_a_circuit_from_tripping() throws StoreException {
        CircuitRecord row = committed(here.trip(row(), HOUR, "nul \0, half \uD83C, 'quote', 🌊 \n"));

        assertThat(row.lastError()).isEqualTo("nul \uFFFD, half \uFFFD, 'quote', 🌊 \n");
    }

    @Test
    void a_whole_round_runs_from_trip_to_close() throws StoreException {
        CircuitRecord open = committed(here.trip(row(), NONE));
        CircuitRecord halfOpen = committed(there.claim(open, HOUR));
        CircuitRecord renewed = committed(there.renew(halfOpen, odd, 1, 2));
        CircuitRecord closed = committed(there.close(renewed));

        assertThat(halfOpen.lease().owner()).isEqualTo("there");
        assertThat(renewed.fence()).isEqualTo(halfOpen.fence());
        assertThat(renewed.lease().succeeded()).isEqualTo(1);
        assertThat(renewed.lease().neutral()).isEqualTo(2);
        assertThat(closed.state()).isEqualTo(AutomaticState.CLOSED);
        assertThat(closed.epoch()).isEqualTo(3);
        assertThat(closed.version()).isEqualTo(4);
        assertThat(closed.lease()).isNull();
        assertThat(closed.lastError()).isNull();
    }

    @Test
    void a_failed_probe_opens_the_circuit_again() throws StoreException {
        CircuitRecord halfOpen = committed(here.claim(committed(here.trip(row(), NONE)), HOUR));

        CircuitRecord open = committed(here.reopen(halfOpen, HOUR));

        assertThat(open.state()).isEqualTo(AutomaticState.OPEN);
        assertThat(open.failedRounds()).isEqualTo(2);
        assertThat(open.lastError()).isEqualTo("HTTP 503");
        assertThat(open.lease()).isNull();
    }

    @Test
    void a_lease_given_back_can_be_taken_over_at_once() throws StoreException {
        CircuitRecord halfOpen = committed(here.claim(committed(here.trip(row(), NONE)), HOUR));

        CircuitRecord free = committed(here.giveBack(halfOpen));
        CircuitRecord taken = committed(there.takeover(free, HOUR));

        assertThat(free.fence()).isEqualTo(halfOpen.fence());
        assertThat(taken.epoch()).isEqualTo(3);
        assertThat(taken.lease().owner()).isEqualTo("there");
    }

    @Test
    void a_lease_that_passed_serves_its_holder_no_more() throws StoreException {
        CircuitRecord passed = committed(here.claim(committed(here.trip(row(), NONE)), NONE));

        lost(here.close(passed), "lease does not hold");
        lost(here.reopen(passed, HOUR), "lease does not hold");
        lost(here.renew(passed, HOUR, 1, 0), "lease does not hold");
        lost(here.giveBack(passed), "lease does not hold");
        committed(here.takeover(passed, HOUR));
    }

    @Test
    void a_valid_lease_is_not_taken_over() throws StoreException {
        CircuitRecord held = committed(here.claim(committed(here.trip(row(), NONE)), HOUR));

        lost(there.takeover(held, HOUR), "the lease of here lasts");
    }

    @Test
    void a_break_that_lasts_is_not_claimed() throws StoreException {
        CircuitRecord open = committed(here.trip(row(), HOUR));

        lost(there.claim(open, HOUR), "the break lasts until");
    }

    @Test
    void edges_from_a_wrong_state_are_lost() throws StoreException {
        CircuitRecord closed = row();
        lost(here.claim(closed, HOUR), "the row is CLOSED");
        lost(here.takeover(closed, HOUR), "the row is CLOSED");
        lost(here.close(closed), "the row is CLOSED");
        lost(here.reopen(closed, HOUR), "the row is CLOSED");

        CircuitRecord open = committed(here.trip(closed, HOUR));
        lost(here.trip(open, HOUR), "the row is OPEN");
        lost(here.close(open), "the row is OPEN");
    }

    @Test
    void what_was_decided_on_an_older_epoch_is_lost() throws StoreException {
        CircuitRecord closed = row();
        committed(here.trip(closed, NONE));

        lost(there.trip(closed, NONE), "decided on");
        lost(there.reset(closed), "decided on");
    }

    @Test
    void the_epoch_alone_does_not_let_a_decision_pass() throws StoreException {
        CircuitRecord open = committed(here.trip(row(), NONE));
        CircuitRecord other = committed(here.reset(open));
        Fence forged = new Fence(other.epoch(), "another-token");
        CircuitRecord guessed = CircuitRecord.created(circuit, other.since());

        WriteResult result = store.write(new dev.tidegate.core.Decision.Reset(
                guessed.name(), forged, "token-of-a-liar", "here", "anna", "guess"));

        assertThat(result).isInstanceOf(WriteResult.Lost.class);
        assertThat(row()).isEqualTo(other);
    }

    @Test
    void an_operators_reset_closes_from_every_state() throws StoreException {
        CircuitRecord open = committed(here.trip(row(), HOUR));
        CircuitRecord closed = committed(there.reset(open));

        assertThat(closed.state()).isEqualTo(AutomaticState.CLOSED);
        assertThat(closed.cause()).isEqualTo(Cause.RESET);
        HistoryEntry entry = store.edge(circuit, closed.epoch()).orElseThrow();
        assertThat(entry.actor()).isEqualTo("anna");
    }

    @Test
    void a_store_set_back_goes_on_beyond_every_epoch_that_was_seen() throws StoreException {
        CircuitRecord restored = committed(here.restore(row(), 41, HOUR));

        assertThat(restored.epoch()).isEqualTo(42);
        assertThat(restored.state()).isEqualTo(AutomaticState.OPEN);
        assertThat(restored.cause()).isEqualTo(Cause.RESTORED);
        assertThat(store.edge(circuit, 42)).isPresent();
        lost(there.restore(restored, 41, HOUR), "beyond the greatest seen");
    }

    @Test
    void a_circuit_without_a_row_is_answered_not_thrown() {
        CircuitRecord nobody = CircuitRecord.created(new CircuitName("nobody"), java.time.Instant.EPOCH);

        WriteResult result = store.write(here.trip(nobody, HOUR));

        assertThat(result).isInstanceOf(WriteResult.Unknown.class);
        assertThat(((WriteResult.Unknown) result).error()).hasMessageContaining("nobody");
    }
}
