package dev.tidegate.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Seeded scripts of overlapping calls on both; each difference that is meant has a test of its own below. */
class BesideSmallRyeTest {
    private static final int SCRIPTS = 2_000;
    private static final int STEPS = 120;

    @Test
    void the_same_calls_are_let_through_and_the_same_states_are_reached() {
        int trips = 0;
        int steps = 0;
        for (long seed = 1; seed <= SCRIPTS; seed++) {
            Random random = new Random(seed);
            int window = 2 + random.nextInt(8);
            int successes = 1 + random.nextInt(2);
            TwoBreakers both = new TwoBreakers(window, 1 + random.nextInt(window), successes, successes);
            Script script = new Script(seed, random, both, window, successes);
            script.run();
            trips += script.trips;
            steps += script.steps;
        }
        assertThat(trips).as("trips seen").isGreaterThan(SCRIPTS);
        assertThat(steps).as("steps compared").isGreaterThan(SCRIPTS * STEPS / 4);
    }

    private static final class Script {
        private final long seed;
        private final Random random;
        private final TwoBreakers both;
        private final int window;
        private final int successes;
        private final double failing;
        private final Deque<TwoBreakers.Pair> running = new ArrayDeque<>();
        private String before = "CLOSED";
        private int counted;
        private int trips;
        private int steps;

        Script(long seed, Random random, TwoBreakers both, int window, int successes) {
            this.seed = seed;
            this.random = random;
            this.both = both;
            this.window = window;
            this.successes = successes;
            this.failing = random.nextDouble();
        }

        void run() {
            for (steps = 0; steps < STEPS; steps++) {
                boolean isEndOfSuccess = step();
                if (isEndOfSuccess
                        && both.peer.state().equals("OPEN")
                        && both.ourState().equals("CLOSED")) {
                    // Meant, and tested below: the peer judges at a success too, when that fills its window.
                    assertThat(counted).as("calls in the window, seed %d", seed).isEqualTo(window);
                    return;
                }
                assertThat(both.ourState())
                        .as("state after step %d of seed %d", steps, seed)
                        .isEqualTo(both.peer.state());
                moved();
            }
        }

        private void moved() {
            String now = both.ourState();
            if (!now.equals(before)) {
                counted = 0;
                trips += now.equals("OPEN") ? 1 : 0;
                before = now;
            }
        }

        /** Whether a call ended as a success in a closed circuit. */
        private boolean step() {
            int kind = random.nextInt(10);
            // Meant, and tested below: of several probes at once, ours lets one more in when one has ended.
            boolean mayOverlap = successes == 1 || both.ourState().equals("CLOSED");
            if (kind == 0) {
                both.ticker.advance(running.isEmpty() ? TwoBreakers.OVER : Duration.ofMillis(1));
                return false;
            }
            if (kind < 4 && running.size() < 3 && mayOverlap) {
                begin();
                return false;
            }
            if (running.isEmpty()) {
                begin();
            }
            return !running.isEmpty() && end();
        }

        private void begin() {
            TwoBreakers.Pair pair = both.begin();
            assertThat(pair.isAlike())
                    .as("let through alike at step %d of seed %d: %s", steps, seed, pair)
                    .isTrue();
            if (pair.isMade()) {
                running.add(pair);
            }
        }

        private boolean end() {
            boolean isSuccess = random.nextDouble() >= failing;
            boolean isClosed = both.ourState().equals("CLOSED");
            running.remove().end(isSuccess);
            counted = isClosed ? Math.min(window, counted + 1) : counted;
            return isSuccess && isClosed;
        }
    }

    @Test
    void the_peer_trips_at_a_success_that_fills_its_window_and_ours_at_the_next_failure() {
        TwoBreakers both = new TwoBreakers(4, 2, 1, 1);
        both.call(false);
        both.call(false);
        both.call(true);
        both.call(true);
        both.assertStates("OPEN", "CLOSED");

        both.call(false);

        both.assertStates("OPEN", "OPEN");
    }

    @Test
    void the_peers_break_ends_to_the_millisecond_and_ours_up_to_a_tenth_later() {
        TwoBreakers both = new TwoBreakers(2, 1, 1, 1);
        both.call(false);
        both.call(false);

        both.ticker.advance(TwoBreakers.BREAK);
        both.begin();
        both.assertStates("HALF_OPEN", "OPEN");

        both.ticker.advance(TwoBreakers.BREAK.dividedBy(10));
        both.begin();
        both.assertStates("HALF_OPEN", "HALF_OPEN");
    }

    @Test
    void the_peer_takes_an_expected_exception_for_a_success_and_ours_for_no_proof_of_anything() {
        TwoBreakers both = new TwoBreakers(2, 1, 1, 1);
        both.call(false);
        both.call(false);
        both.ticker.advance(TwoBreakers.OVER);

        TwoBreakers.Pair probe = both.begin();
        probe.peers().beRejected();
        probe.ours().neutral();

        both.assertStates("CLOSED", "HALF_OPEN");
    }

    @Test
    void when_one_of_two_probes_has_ended_ours_lets_a_third_in_and_the_peer_waits_for_the_second() {
        TwoBreakers both = new TwoBreakers(2, 1, 2, 2);
        both.call(false);
        both.call(false);
        both.ticker.advance(TwoBreakers.OVER);
        both.begin();
        both.begin().end(true);

        TwoBreakers.Pair third = both.begin();

        assertThat(third.peers()).isNull();
        assertThat(third.ours()).isNotNull();
    }

    @Test
    void a_probe_that_never_ends_blocks_the_peer_for_ever_and_ours_until_its_lease_ends() {
        TwoBreakers both = new TwoBreakers(2, 1, 1, 1);
        both.call(false);
        both.call(false);
        both.ticker.advance(TwoBreakers.OVER);
        both.begin();

        both.ticker.advance(Duration.ofHours(3));
        both.begin();
        TwoBreakers.Pair later = both.begin();

        assertThat(later.peers()).isNull();
        both.ticker.advance(TwoBreakers.OVER);
        assertThat(both.ourPermit()).isNotNull();
    }
}
