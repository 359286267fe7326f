package dev.tidegate.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.core.CircuitName;
import dev.tidegate.core.Counts;
import dev.tidegate.core.StoreException;
import dev.tidegate.core.Tally;
import dev.tidegate.store.FleetTallies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every {@link FleetTallies} must pass. */
public abstract class FleetTalliesContract {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final AtomicInteger CIRCUITS = new AtomicInteger();

    private final CircuitName circuit = new CircuitName("tallied-" + CIRCUITS.incrementAndGet());

    /** One more instance's way to the same tallies. */
    protected abstract FleetTallies tallies();

    private Tally tally(String instance, long epoch, long calls) {
        return new Tally(circuit, instance, epoch, new Counts(calls, 2, 1));
    }

    private List<Tally> read() throws StoreException {
        return tallies().read().stream()
                .filter(tally -> tally.circuit().equals(circuit))
                .toList();
    }

    @Test
    void tallies_of_several_instances_are_read_whole_by_each() throws StoreException {
        tallies().write(List.of(tally("a", 3, 7)), HOUR);
        tallies().write(List.of(tally("b", 4, 8)), HOUR);

        assertThat(read()).containsExactlyInAnyOrder(tally("a", 3, 7), tally("b", 4, 8));
    }

    @Test
    void a_newer_tally_takes_the_place_of_the_older() throws StoreException {
        tallies().write(List.of(tally("a", 3, 7)), HOUR);
        tallies().write(List.of(tally("a", 5, 9)), HOUR);

        assertThat(read()).containsExactly(tally("a", 5, 9));
    }

    @Test
    void several_circuits_go_in_one_write() throws StoreException {
        CircuitName other = new CircuitName(circuit + "-other");
        Tally ofOther = new Tally(other, "a", 0, new Counts(1, 1, 0));

        tallies().write(List.of(tally("a", 3, 7), ofOther), HOUR);

        assertThat(tallies().read()).contains(tally("a", 3, 7), ofOther);
    }

    @Test
    void a_tally_that_expired_does_not_count_until_it_is_written_again() throws StoreException {
        tallies().write(List.of(tally("a", 3, 7)), Duration.ofMillis(1));
        tallies().write(List.of(tally("b", 3, 8)), HOUR);

        await().atMost(Duration.ofSeconds(60)).until(() -> read().equals(List.of(tally("b", 3, 8))));

        tallies().write(List.of(tally("a", 3, 7)), HOUR);
        assertThat(read()).hasSize(2);
    }

    @Test
    void many_instances_that_write_at_once_do_not_fail_each_other() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> writes = new ArrayList<>();
            for (int number = 0; number < 80; number++) {
                String instance = "i" + number % 8;
                writes.add(threads.submit(() -> {
                    tallies().write(List.of(tally(instance, 1, 5)), HOUR);
                    return null;
                }));
            }
            for (Future<?> write : writes) {
                write.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(read()).hasSize(8);
    }
}
