package dev.tidegate.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.contract.Decide;
import dev.tidegate.contract.DecisionStorm;
import dev.tidegate.contract.OneHistory;
import dev.tidegate.core.CircuitName;
import dev.tidegate.core.CircuitRecord;
import dev.tidegate.core.Decision;
import dev.tidegate.core.HistoryEntry;
import dev.tidegate.core.StoreException;
import dev.tidegate.core.WriteResult;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Whether lost answers leave one history, on any database. */
abstract class LostAnswers {
    private static final int DECISIONS = 400;
    private static final CircuitName CIRCUIT = new CircuitName("payments");

    /** The database whose connections are made faulty by that. */
    abstract StoreDatabase open(UnaryOperator<DataSource> faults) throws StoreException;

    @Test
    void whether_a_commit_without_an_answer_landed_is_found_in_the_history() throws StoreException {
        long seed = System.nanoTime();
        FaultyDataSource faults = new FaultyDataSource(seed, 0.3);
        try (StoreDatabase database = open(faults::over)) {
            JpaCircuitStore store = database.store();
            store.create(Set.of(CIRCUIT));
            Decide here = new Decide("here");
            int landed = 0;
            for (int round = 0; round < 300; round++) {
                CircuitRecord before = row(store);
                Decision decision = here.reset(before);

                faults.turn(true);
                WriteResult result = store.write(decision);
                faults.turn(false);

                Optional<HistoryEntry> edge = store.edge(CIRCUIT, before.epoch() + 1);
                landed += edge.isPresent() ? 1 : 0;
                assertThat(result).as("seed %d", seed).isNotInstanceOf(WriteResult.Lost.class);
                if (result instanceof WriteResult.Committed committed) {
                    assertThat(row(store)).as("seed %d", seed).isEqualTo(committed.row());
                }
                if (edge.isPresent()) {
                    assertThat(edge.get().token()).as("seed %d", seed).isEqualTo(decision.token());
                    assertThat(row(store).fence())
                            .as("seed %d", seed)
                            .isEqualTo(edge.get().fence());
                } else {
                    assertThat(result).as("seed %d", seed).isInstanceOf(WriteResult.Unknown.class);
                    assertThat(row(store)).as("seed %d", seed).isEqualTo(before);
                }
            }
            assertThat(faults.lostAnswers()).as("seed %d", seed).isPositive();
            assertThat(landed).as("seed %d", seed).isBetween(100, 299);
        }
    }

    @Test
    void a_storm_with_lost_answers_leaves_one_history_and_no_false_answer() throws StoreException {
        long seed = System.nanoTime();
        FaultyDataSource faults = new FaultyDataSource(seed, 0.2);
        try (StoreDatabase database = open(faults::over)) {
            JpaCircuitStore store = database.store();
            store.create(Set.of(CIRCUIT));
            DecisionStorm storm = new DecisionStorm(decisionsOnly(store, faults), CIRCUIT, "here");
            AtomicInteger left = new AtomicInteger(DECISIONS);

            DecisionStorm.Observed observed = storm.rage(seed, () -> left.getAndDecrement() > 0);

            assertThat(observed.unknown()).as("seed %d", seed).isNotEmpty();
            OneHistory.check(store.history(CIRCUIT, 1_000_000, null), row(store), List.of(observed));
        }
    }

    /** The store as the storm sees it: only what it writes meets the faults. */
    private static FaultyWrites decisionsOnly(JpaCircuitStore store, FaultyDataSource faults) {
        return new FaultyWrites(store, faults);
    }

    private static CircuitRecord row(JpaCircuitStore store) throws StoreException {
        return store.read().records().get(CIRCUIT);
    }
}
