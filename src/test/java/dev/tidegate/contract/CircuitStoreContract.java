package dev.tidegate.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.core.CircuitName;
import dev.tidegate.core.CircuitRecord;
import dev.tidegate.core.CircuitStore;
import dev.tidegate.core.Decision;
import dev.tidegate.core.WriteResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * What every {@link CircuitStore} must pass: extend it, say how an instance reaches the store, and run it. It holds the
 * edges, the history, the news, and here what happens when many write at once.
 */
public abstract class CircuitStoreContract extends HistoryOfAStore {
    private static final int THREADS = 8;
    private static final int INSTANCES = 3;
    private static final Duration STORM = Duration.ofSeconds(3);

    @Test
    void of_eight_that_trip_at_once_exactly_one_did_it() throws Exception {
        for (int round = 0; round < 10; round++) {
            CircuitName contested = newCircuit();
            CircuitRecord before = row(contested);
            List<CircuitStore> instances = List.of(instance(), instance());
            CyclicBarrier together = new CyclicBarrier(THREADS);

            List<WriteResult> results = inParallel(THREADS, number -> {
                Decision trip = new Decide("instance-" + number).trip(before, HOUR);
                together.await();
                return instances.get(number % 2).write(trip);
            });

            assertThat(results)
                    .filteredOn(WriteResult.Committed.class::isInstance)
                    .hasSize(1);
            assertThat(results).noneMatch(WriteResult.Unknown.class::isInstance);
            assertThat(store.history(contested, 10, null)).hasSize(1);
            assertThat(row(contested).version()).isEqualTo(1);
        }
    }

    @Test
    void many_instances_that_start_at_once_make_each_row_once() throws Exception {
        Set<CircuitName> names = Set.of(
                new CircuitName(circuit + "-a"), new CircuitName(circuit + "-b"), new CircuitName(circuit + "-c"));
        CyclicBarrier together = new CyclicBarrier(THREADS);

        inParallel(THREADS, number -> {
            CircuitStore one = instance();
            together.await();
            one.create(names);
            return number;
        });

        for (CircuitName name : names) {
            assertThat(row(name).version()).isZero();
        }
    }

    @Test
    void a_storm_of_decisions_leaves_one_history_without_gap() throws Exception {
        long seed = System.nanoTime();
        List<DecisionStorm> storms = new ArrayList<>();
        for (int number = 0; number < INSTANCES; number++) {
            storms.add(new DecisionStorm(instance(), circuit, "instance-" + number));
        }
        long end = System.nanoTime() + STORM.toNanos();

        List<DecisionStorm.Observed> observed = inParallel(
                INSTANCES * THREADS,
                number -> storms.get(number % INSTANCES).rage(seed + number, () -> System.nanoTime() - end < 0));

        try {
            OneHistory.check(store.history(circuit, 1_000_000, null), row(), observed);
        } catch (AssertionError failed) {
            throw new AssertionError("seed " + seed, failed);
        }
    }

    private interface Task<T> {
        T run(int number) throws Exception;
    }

    private static <T> List<T> inParallel(int threads, Task<T> task) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<T>> calls = new ArrayList<>();
            for (int number = 0; number < threads; number++) {
                int own = number;
                calls.add(() -> task.run(own));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> each : pool.invokeAll(calls)) {
                results.add(each.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }
}
