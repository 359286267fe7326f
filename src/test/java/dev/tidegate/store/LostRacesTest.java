package dev.tidegate.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.contract.Decide;
import dev.tidegate.core.CircuitName;
import dev.tidegate.core.CircuitRecord;
import dev.tidegate.core.Decision;
import dev.tidegate.core.Submission;
import dev.tidegate.core.WriteResult;
import dev.tidegate.fixture.FakeTicker;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A decision that comes too late, on a row that would allow the same edge again: whoever decided follows the winner. Decided
 * anew on the winner's row, a stale probe would close a round that it knows nothing of.
 */
class LostRacesTest {
    private static final CircuitName ORDERS = new CircuitName("orders");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final FakeTicker ticker = new FakeTicker();
    private final InMemoryCircuitStore store = new InMemoryCircuitStore(ticker);
    private final DecisionWriter writer = new DecisionWriter(store, ticker);
    private final Decide late = new Decide("late");
    private final Decide winner = new Decide("winner");

    @BeforeEach
    void create() {
        store.create(Set.of(ORDERS));
    }

    @Test
    void a_stale_trip_opens_no_circuit_that_recovered_since() throws Exception {
        Decision stale = late.trip(row(), MINUTE);
        won(winner.trip(row(), Duration.ZERO));
        won(winner.claim(row(), MINUTE));
        won(winner.close(row()));

        loses(stale);
    }

    @Test
    void a_stale_claim_takes_no_later_break() throws Exception {
        won(winner.trip(row(), Duration.ZERO));
        Decision stale = late.claim(row(), MINUTE);
        won(winner.claim(row(), MINUTE));
        won(winner.reopen(row(), Duration.ZERO));

        loses(stale);
    }

    @Test
    void a_stale_takeover_takes_no_later_round() throws Exception {
        secondRoundAfter(row -> late.takeover(row, MINUTE));
    }

    @Test
    void a_stale_probe_closes_no_later_round() throws Exception {
        secondRoundAfter(late::close);
    }

    @Test
    void a_stale_probe_opens_no_later_round() throws Exception {
        secondRoundAfter(row -> late.reopen(row, MINUTE));
    }

    @Test
    void a_stale_renewal_lengthens_no_later_round() throws Exception {
        secondRoundAfter(row -> late.renew(row, MINUTE, 1, 0));
    }

    @Test
    void a_lease_given_back_late_ends_no_later_round() throws Exception {
        secondRoundAfter(late::giveBack);
    }

    private interface Deciding {
        Decision on(CircuitRecord row);
    }

    // What is taken over could be taken over again at once: its lease has passed as well.
    private void secondRoundAfter(Deciding deciding) throws Exception {
        won(winner.trip(row(), Duration.ZERO));
        won(late.claim(row(), Duration.ZERO));
        Decision stale = deciding.on(row());
        Duration lease = stale instanceof Decision.Takeover ? Duration.ZERO : MINUTE;
        won(winner.takeover(row(), lease));

        loses(stale);
    }

    private CircuitRecord row() {
        return Objects.requireNonNull(store.read().records().get(ORDERS));
    }

    private void won(Decision decision) {
        assertThat(store.write(decision)).isInstanceOf(WriteResult.Committed.class);
    }

    private void loses(Decision stale) throws Exception {
        CircuitRecord before = row();

        Submission answer = writer.write(stale);

        assertThat(answer).isInstanceOf(Submission.Lost.class);
        assertThat(row()).isEqualTo(before);
    }
}
