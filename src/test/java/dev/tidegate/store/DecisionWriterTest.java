package dev.tidegate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.core.Cause;
import dev.tidegate.core.CircuitName;
import dev.tidegate.core.CircuitStore;
import dev.tidegate.core.Counts;
import dev.tidegate.core.Decision;
import dev.tidegate.core.Fence;
import dev.tidegate.core.HistoryEntry;
import dev.tidegate.core.OperatorOverride;
import dev.tidegate.core.StoreException;
import dev.tidegate.core.StoreView;
import dev.tidegate.core.Submission;
import dev.tidegate.core.Subscription;
import dev.tidegate.core.WriteResult;
import dev.tidegate.fixture.FakeTicker;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DecisionWriterTest {
    private static final CircuitName ORDERS = new CircuitName("orders");
    private static final Decision.Trip TRIP = new Decision.Trip(
            ORDERS,
            new Fence(0, "created"),
            "own",
            "a",
            Cause.CONSECUTIVE_FAILURES,
            "5 in a row",
            Duration.ofSeconds(30),
            1,
            Counts.NONE,
            null);

    private final FakeTicker ticker = new FakeTicker();
    private final InMemoryCircuitStore rows = new InMemoryCircuitStore(ticker);
    private final LossyStore store = new LossyStore();
    private final DecisionWriter writer = new DecisionWriter(store, ticker);

    /** Loses answers; a commit in limbo lands when the test says, between two reads if need be. */
    private final class LossyStore implements CircuitStore {
        private int lostBeforeCommit;
        private boolean isAnswerLost;
        private boolean landsAfterEdgeWasAsked;
        private int writes;

        @Override
        public void create(Set<CircuitName> circuits) {
            rows.create(circuits);
        }

        @Override
        public StoreView read() {
            return rows.read();
        }

        @Override
        public WriteResult write(Decision decision) {
            writes++;
            if (landsAfterEdgeWasAsked || lostBeforeCommit-- > 0) {
                return new WriteResult.Unknown(new IOException("no answer"));
            }
            WriteResult written = rows.write(decision);
            return isAnswerLost ? new WriteResult.Unknown(new IOException("no answer")) : written;
        }

        @Override
        public Optional<HistoryEntry> edge(CircuitName circuit, long epoch) {
            Optional<HistoryEntry> seen = rows.edge(circuit, epoch);
            if (landsAfterEdgeWasAsked) {
                landsAfterEdgeWasAsked = false;
                rows.write(TRIP);
            }
            return seen;
        }

        @Override
        public List<HistoryEntry> history(CircuitName circuit, int limit, @Nullable Long before) {
            return rows.history(circuit, limit, before);
        }

        @Override
        public Subscription listen(Consumer<CircuitName> changed) {
            return () -> {};
        }
    }

    @Test
    void a_commit_whose_answer_was_lost_is_found_in_the_history() throws StoreException {
        store.create(Set.of(ORDERS));
        store.isAnswerLost = true;

        assertThat(writer.write(TRIP)).isInstanceOf(Submission.Applied.class);
        assertThat(store.writes).isOne();
    }

    @Test
    void a_commit_in_limbo_that_lands_while_it_is_looked_for_is_not_reported_as_lost() throws StoreException {
        store.create(Set.of(ORDERS));
        store.landsAfterEdgeWasAsked = true;

        assertThat(writer.write(TRIP)).isInstanceOf(Submission.Applied.class);
    }

    @Test
    void a_write_that_never_arrived_is_submitted_again_with_the_same_token() throws StoreException {
        store.create(Set.of(ORDERS));
        store.lostBeforeCommit = 2;

        assertThat(writer.write(TRIP))
                .isInstanceOfSatisfying(
                        Submission.Applied.class,
                        applied -> assertThat(applied.row().fence()).isEqualTo(new Fence(1, "own")));
        assertThat(store.writes).isEqualTo(3);
    }

    @Test
    void a_store_that_answers_reads_and_takes_no_writes_is_away() {
        store.create(Set.of(ORDERS));
        store.lostBeforeCommit = Integer.MAX_VALUE;

        assertThatThrownBy(() -> writer.write(TRIP))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("takes no writes");
    }

    @Test
    void a_row_that_is_not_made_yet_is_no_outage() throws StoreException {
        assertThat(writer.write(TRIP)).isInstanceOf(Submission.Deferred.class);
    }

    private static Decision.SetOverride isolation(@Nullable Long replaces) {
        return new Decision.SetOverride(
                ORDERS,
                new Fence(0, "created"),
                "op",
                "a",
                OperatorOverride.Kind.ISOLATED,
                "anna",
                "moved",
                Duration.ofHours(1),
                replaces);
    }

    @Test
    void an_override_whose_answer_was_lost_is_found_by_its_token_and_not_set_twice() throws StoreException {
        store.create(Set.of(ORDERS));
        store.isAnswerLost = true;

        assertThat(writer.write(isolation(null))).isInstanceOf(Submission.Applied.class);
        assertThat(store.writes).isOne();
        assertThat(rows.history(ORDERS, 10, null)).hasSize(1);
    }

    @Test
    void an_override_that_landed_and_was_released_meanwhile_is_told_as_done_and_not_set_again() throws StoreException {
        store.create(Set.of(ORDERS));
        rows.write(isolation(null));
        rows.write(new Decision.EndOverride(ORDERS, new Fence(0, "created"), "end", "b", 1, "ben", "over"));
        store.lostBeforeCommit = 1;

        assertThat(writer.write(isolation(null))).isInstanceOf(Submission.Applied.class);
        assertThat(rows.read().records().get(ORDERS).override()).isNull();
    }

    @Test
    void an_override_that_never_arrived_is_submitted_again_but_never_over_anothers() throws StoreException {
        store.create(Set.of(ORDERS));
        rows.write(new Decision.SetOverride(
                ORDERS,
                new Fence(0, "created"),
                "other",
                "b",
                OperatorOverride.Kind.BYPASSED,
                "ben",
                "test",
                null,
                null));
        store.lostBeforeCommit = 1;

        assertThat(writer.write(isolation(null))).isInstanceOf(Submission.Lost.class);
        assertThat(rows.read().records().get(ORDERS).override().actor()).isEqualTo("ben");
    }
}
