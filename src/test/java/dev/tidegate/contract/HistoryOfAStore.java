package dev.tidegate.contract;

import static dev.tidegate.core.OperatorOverride.Kind.BYPASSED;
import static dev.tidegate.core.OperatorOverride.Kind.ISOLATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.core.CircuitName;
import dev.tidegate.core.CircuitRecord;
import dev.tidegate.core.CircuitStore;
import dev.tidegate.core.Decision;
import dev.tidegate.core.HistoryEntry;
import dev.tidegate.core.StoreException;
import dev.tidegate.core.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Overrides, the history that each change leaves, and the news of it. */
abstract class HistoryOfAStore extends EdgesOfAStore {
    @Test
    void an_isolated_circuit_stands_still_but_for_the_operator() throws StoreException {
        CircuitRecord isolated = committed(here.override(row(), ISOLATED, HOUR, null));

        assertThat(isolated.version()).isEqualTo(1);
        assertThat(isolated.epoch()).isZero();
        assertThat(isolated.override().id()).isEqualTo(1);
        lost(here.trip(isolated, HOUR), "isolated");
        committed(there.reset(isolated));
    }

    @Test
    void a_bypassed_circuit_goes_on_by_itself() throws StoreException {
        CircuitRecord bypassed = committed(here.override(row(), BYPASSED, null, null));

        CircuitRecord open = committed(here.trip(bypassed, HOUR));

        assertThat(open.override()).isEqualTo(bypassed.override());
        assertThat(open.override().until()).isNull();
    }

    @Test
    void an_override_follows_only_the_one_that_it_names() throws StoreException {
        CircuitRecord first = committed(here.override(row(), ISOLATED, HOUR, null));
        long id = first.override().id();

        lost(there.override(first, BYPASSED, HOUR, null), "the override in force");
        lost(there.override(first, BYPASSED, HOUR, id + 7), "the override in force");
        CircuitRecord second = committed(there.override(first, BYPASSED, HOUR, id));
        lost(here.release(second, id), "not the one set at version");
        CircuitRecord released =
                committed(here.release(second, second.override().id()));
        assertThat(released.override()).isNull();
    }

    @Test
    void an_overrides_end_is_recorded_when_it_passed_and_not_before() throws StoreException {
        CircuitRecord holding = committed(here.override(row(), ISOLATED, HOUR, null));
        lost(here.recordEnd(holding, holding.override().id()), "the override holds until");
        CircuitRecord over = committed(
                here.override(holding, ISOLATED, NONE, holding.override().id()));

        CircuitRecord ended = committed(there.recordEnd(over, over.override().id()));

        assertThat(ended.override()).isNull();
    }

    @Test
    void an_override_between_a_decision_and_its_writing_does_not_make_it_stale() throws StoreException {
        CircuitRecord before = row();
        committed(there.override(before, BYPASSED, HOUR, null));

        CircuitRecord open = committed(here.trip(before, HOUR));

        assertThat(open.version()).isEqualTo(2);
        assertThat(open.epoch()).isEqualTo(1);
    }

    @Test
    void each_edge_and_override_leaves_one_entry_and_a_lease_none() throws StoreException {
        Decision.Trip trip = here.trip(row(), NONE);
        CircuitRecord open = committed(trip);
        CircuitRecord halfOpen = committed(there.claim(open, HOUR));
        committed(there.renew(halfOpen, HOUR, 0, 1));
        CircuitRecord isolated = committed(here.override(halfOpen, ISOLATED, HOUR, null));
        CircuitRecord closed = committed(here.reset(isolated));

        List<HistoryEntry> entries = store.history(circuit, 10, null);

        assertThat(entries).extracting(HistoryEntry::version).containsExactly(5L, 4L, 2L, 1L);
        assertThat(entries).extracting(HistoryEntry::from).containsExactly("HALF_OPEN", "NONE", "OPEN", "CLOSED");
        assertThat(entries).extracting(HistoryEntry::to).containsExactly("CLOSED", "ISOLATED", "HALF_OPEN", "OPEN");
        HistoryEntry first = entries.get(3);
        assertThat(first.token()).isEqualTo(trip.token());
        assertThat(first.fence()).isEqualTo(open.fence());
        assertThat(first.at()).isEqualTo(open.since());
        assertThat(first.detail()).isEqualTo(trip.detail());
        assertThat(store.edge(circuit, 1)).contains(first);
        assertThat(store.edge(circuit, closed.epoch())).contains(entries.get(0));
        assertThat(store.edge(circuit, closed.epoch() + 1)).isEmpty();
    }

    @Test
    void the_history_is_told_page_by_page_and_circuit_by_circuit() throws StoreException {
        CircuitName other = newCircuit();
        committed(here.trip(row(other), HOUR));
        for (int trips = 0; trips < 3; trips++) {
            committed(here.reset(committed(here.trip(row(), HOUR))));
        }

        List<HistoryEntry> first = store.history(circuit, 4, null);
        List<HistoryEntry> second = store.history(circuit, 4, first.get(3).version());

        assertThat(first).extracting(HistoryEntry::version).containsExactly(6L, 5L, 4L, 3L);
        assertThat(second).extracting(HistoryEntry::version).containsExactly(2L, 1L);
        assertThat(second).extracting(HistoryEntry::circuit).containsOnly(circuit);
    }

    @Test
    void another_instance_hears_of_a_change_where_the_store_pushes_until_it_stops_listening() throws StoreException {
        CircuitStore elsewhere = instance();
        Queue<CircuitName> heard = new ConcurrentLinkedQueue<>();

        try (Subscription listening = elsewhere.listen(heard::add)) {
            assertThat(listening).isNotNull();
            if (!isPushed()) {
                committed(here.trip(row(), HOUR));
                assertThat(heard).isEmpty();
                return;
            }
            // The first news may come before the connection listens: that gap is the poll's to repair.
            await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
                committed(here.reset(row()));
                assertThat(heard).contains(circuit);
            });
            CircuitName later = newCircuit();
            committed(here.trip(row(later), HOUR));
            await().atMost(Duration.ofSeconds(2)).until(() -> heard.contains(later));
        }
        CircuitName silent = newCircuit();
        committed(here.trip(row(silent), HOUR));
        assertThat(heard).doesNotContain(silent);
    }
}
