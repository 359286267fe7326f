package dev.tidegate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tidegate.contract.Decide;
import dev.tidegate.core.CircuitName;
import dev.tidegate.core.CircuitRecord;
import dev.tidegate.core.Decision;
import dev.tidegate.core.WriteResult;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database whose clock is hours ahead of the instance's own: all that is stored and compared is told by the database's. */
class StoresClockTest {
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    private static StoreDatabase database;

    private final Decide here = new Decide("here");
    private final CircuitName circuit = new CircuitName("circuit-" + UUID.randomUUID());
    private final JpaCircuitStore store = database.store();

    @BeforeAll
    static void open() throws Exception {
        database = StoreDatabase.h2();
    }

    @BeforeEach
    void create() throws Exception {
        clockIsAhead("oneHour");
        store.create(Set.of(circuit));
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void a_read_brings_the_databases_now() throws Exception {
        assertThat(store.read().storeNow()).isCloseTo(ownClock(1), within(1, ChronoUnit.MINUTES));
    }

    @Test
    void a_break_ends_by_the_databases_clock() throws Exception {
        store.write(here.trip(row(), HALF_AN_HOUR));

        assertThat(row().retryAt()).isCloseTo(ownClock(1).plus(HALF_AN_HOUR), within(1, ChronoUnit.MINUTES));
    }

    @Test
    void a_break_that_is_over_by_the_databases_clock_is_claimed_whatever_the_instances_clock_says() throws Exception {
        store.write(here.trip(row(), HALF_AN_HOUR));
        Decision claim = here.claim(row(), HALF_AN_HOUR);
        assertThat(store.write(claim)).isInstanceOf(WriteResult.Lost.class);

        clockIsAhead("twoHours");

        assertThat(store.write(claim)).isInstanceOf(WriteResult.Committed.class);
    }

    @Test
    void a_lease_that_passed_by_the_databases_clock_is_lost_whatever_the_instances_clock_says() throws Exception {
        store.write(here.trip(row(), Duration.ZERO));
        store.write(here.claim(row(), HALF_AN_HOUR));

        clockIsAhead("twoHours");

        assertThat(store.write(here.close(row()))).isInstanceOf(WriteResult.Lost.class);
    }

    private CircuitRecord row() throws Exception {
        return store.read().records().get(circuit);
    }

    private void clockIsAhead(String by) throws SQLException {
        database.execute("drop alias clock_timestamp");
        database.execute("create alias clock_timestamp for '" + ClockAhead.class.getName() + "." + by + "'");
    }

    private static Instant ownClock(int hoursLater) {
        return Instant.now().plus(Duration.ofHours(hoursLater));
    }
}
