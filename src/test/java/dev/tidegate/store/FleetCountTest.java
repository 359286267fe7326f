package dev.tidegate.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.core.AutomaticState;
import dev.tidegate.core.Breaker;
import dev.tidegate.core.Cause;
import dev.tidegate.core.CircuitName;
import dev.tidegate.core.CircuitPolicy;
import dev.tidegate.core.CircuitRecord;
import dev.tidegate.core.Counts;
import dev.tidegate.core.EffectiveState;
import dev.tidegate.core.Failure;
import dev.tidegate.core.Permit;
import dev.tidegate.core.StoreException;
import dev.tidegate.core.Tally;
import dev.tidegate.fixture.FakeTicker;
import dev.tidegate.fixture.OneInstance;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FleetCountTest {
    private static final CircuitName ORDERS = new CircuitName("orders");
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final FakeTicker ticker = new FakeTicker();
    private final InMemoryCircuitStore store = new InMemoryCircuitStore(ticker);
    private final CountingTallies tallies = new CountingTallies();
    private final Instance a = new Instance("a", 0.5);
    private final Instance b = new Instance("b", 0.5);

    /** Counts the ways to the table. */
    private final class CountingTallies implements FleetTallies {
        private final InMemoryFleetTallies kept = new InMemoryFleetTallies(ticker);
        private int writes;
        private int reads;
        private boolean isAway;

        @Override
        public void write(List<Tally> told, Duration lasts) throws StoreException {
            writes++;
            if (isAway) {
                throw new StoreException("no route");
            }
            kept.write(told, lasts);
        }

        @Override
        public List<Tally> read() throws StoreException {
            reads++;
            return kept.read();
        }
    }

    /** Never trips alone: its own window stays below the minimum throughput, 10. */
    private final class Instance {
        private final OneInstance instance;
        private final Breaker breaker;
        private final FleetCount count;

        Instance(String name, @Nullable Double ratio) {
            instance = new OneInstance(name, store, ticker, policy(ratio));
            breaker = instance.breaker(ORDERS);
            count = new FleetCount(
                    name, tallies, instance.link()::breakers, instance.link().outage(), SECOND);
        }

        void calls(int successes, int failures) {
            for (int i = 0; i < successes; i++) {
                ((Permit.Granted) breaker.tryAcquire()).success();
            }
            for (int i = 0; i < failures; i++) {
                ((Permit.Granted) breaker.tryAcquire()).failure(new Failure("503"));
            }
        }
    }

    private static CircuitPolicy policy(@Nullable Double ratio) {
        return new CircuitPolicy(
                100,
                ratio,
                Duration.ofMinutes(1),
                10,
                Duration.ofSeconds(30),
                2,
                Duration.ofMinutes(10),
                1,
                1,
                10,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10));
    }

    private CircuitRecord row() {
        return Objects.requireNonNull(store.read().records().get(ORDERS));
    }

    @Test
    void failures_that_no_instance_has_enough_of_alone_trip_together() {
        a.calls(1, 4);
        b.calls(3, 2);
        assertThat(a.breaker.state()).isEqualTo(EffectiveState.CLOSED);

        a.count.exchange();
        b.count.exchange();

        assertThat(b.breaker.state()).isEqualTo(EffectiveState.OPEN);
        assertThat(row().cause()).isEqualTo(Cause.FLEET_RATE);
        assertThat(row().counts()).isEqualTo(new Counts(10, 6, 0));
        assertThat(row().detail()).isEqualTo("6 of 10 failed on 2 instances: ratio 0.60 of 0.50 allowed");
    }

    @Test
    void an_instance_without_calls_judges_for_the_others() {
        Instance idle = new Instance("idle", 0.5);
        a.calls(0, 6);
        b.calls(0, 6);
        a.count.exchange();
        a.calls(0, 0);
        tallies.kept.write(List.of(new Tally(ORDERS, "b", 0, b.breaker.counts())), SECOND);

        idle.count.exchange();

        assertThat(row().state()).isEqualTo(AutomaticState.OPEN);
    }

    @Test
    void below_the_ratio_nothing_trips() {
        a.calls(4, 4);
        b.calls(2, 1);

        a.count.exchange();
        b.count.exchange();
        a.count.exchange();

        assertThat(row().state()).isEqualTo(AutomaticState.CLOSED);
    }

    @Test
    void below_the_minimum_throughput_of_the_fleet_nothing_trips() {
        a.calls(0, 4);
        b.calls(0, 4);

        a.count.exchange();
        b.count.exchange();

        assertThat(row().state()).isEqualTo(AutomaticState.CLOSED);
    }

    @Test
    void while_nobody_has_failures_nothing_is_written() {
        a.calls(5, 0);
        a.count.exchange();
        b.count.exchange();
        assertThat(tallies.writes).isZero();

        b.calls(0, 1);
        b.count.exchange();
        a.count.exchange();
        a.count.exchange();
        assertThat(tallies.writes).as("b has failures, then a knows of them").isEqualTo(2);
    }

    @Test
    void a_circuit_without_a_ratio_costs_nothing() {
        Instance plain = new Instance("plain", null);
        plain.calls(0, 5);

        plain.count.exchange();

        assertThat(tallies.reads + tallies.writes).isZero();
    }

    @Test
    void a_tally_of_another_epoch_does_not_count() {
        a.calls(0, 9);
        tallies.kept.write(List.of(new Tally(ORDERS, "b", 4, new Counts(9, 9, 0))), SECOND);

        a.count.exchange();

        assertThat(row().state()).isEqualTo(AutomaticState.CLOSED);
    }

    @Test
    void what_an_instance_told_that_died_counts_only_until_it_expires() {
        b.calls(0, 9);
        b.count.exchange();
        ticker.advance(Duration.ofSeconds(4));
        a.calls(0, 9);

        a.count.exchange();

        assertThat(row().state()).isEqualTo(AutomaticState.CLOSED);
    }

    @Test
    void a_store_that_takes_no_tallies_stops_nobody() {
        tallies.isAway = true;
        a.calls(0, 9);
        a.count.exchange();

        tallies.isAway = false;
        b.calls(0, 9);
        b.count.exchange();
        a.count.exchange();
        assertThat(row().state()).isEqualTo(AutomaticState.OPEN);
    }
}
