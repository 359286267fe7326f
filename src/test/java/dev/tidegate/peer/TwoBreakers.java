package dev.tidegate.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.core.Breaker;
import dev.tidegate.core.CircuitName;
import dev.tidegate.core.CircuitPolicy;
import dev.tidegate.core.ClaimPending;
import dev.tidegate.core.Failure;
import dev.tidegate.core.Permit;
import dev.tidegate.fixture.FakeTicker;
import dev.tidegate.fixture.OneInstance;
import dev.tidegate.store.InMemoryCircuitStore;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Ours and the peer's, set up for the same: the last {@code window} calls, and {@code failures} of them trip. */
final class TwoBreakers {
    static final Duration BREAK = Duration.ofSeconds(1);
    /** Longer than our break with its jitter, and the poll interval that we wait after a probe of ours failed. */
    static final Duration OVER = Duration.ofSeconds(3);

    final FakeTicker ticker = new FakeTicker();
    final SmallRyeBreaker peer;
    final Breaker ours;

    TwoBreakers(int window, int failures, int successes, int probes) {
        // Between two counts, so that no rounding decides.
        double ratio = (failures - 0.5) / window;
        peer = new SmallRyeBreaker(ticker, window, ratio, successes, BREAK);
        InMemoryCircuitStore store = new InMemoryCircuitStore(ticker);
        CircuitName name = new CircuitName("orders");
        store.create(Set.of(name));
        CircuitPolicy policy = new CircuitPolicy(
                0,
                ratio,
                Duration.ofMinutes(1),
                window,
                BREAK,
                1,
                BREAK,
                probes,
                successes,
                10,
                Duration.ofSeconds(5),
                Duration.ofHours(2));
        ours = new OneInstance("a", store, ticker, policy.withSamplingCalls(window)).breaker(name);
    }

    /** A call on each of them that has not ended. */
    record Pair(SmallRyeBreaker.@Nullable Call peers, Permit.@Nullable Granted ours) {
        boolean isAlike() {
            return (peers == null) == (ours == null);
        }

        boolean isMade() {
            return peers != null && ours != null;
        }

        void end(boolean isSuccess) {
            if (peers != null && isSuccess) {
                peers.succeed();
            } else if (peers != null) {
                peers.fail();
            }
            if (ours != null && isSuccess) {
                ours.success();
            } else if (ours != null) {
                ours.failure(new Failure("down"));
            }
        }
    }

    Pair begin() {
        return new Pair(peer.begin(), ourPermit());
    }

    Permit.@Nullable Granted ourPermit() {
        Permit permit = ours.tryAcquire();
        if (permit instanceof ClaimPending) {
            permit = ours.tryAcquire();
        }
        return permit instanceof Permit.Granted granted ? granted : null;
    }

    void call(boolean isSuccess) {
        begin().end(isSuccess);
    }

    String ourState() {
        return ours.snapshot().automatic().name();
    }

    void assertStates(String peers, String own) {
        assertThat(peer.state()).as("SmallRye").isEqualTo(peers);
        assertThat(ourState()).as("Tidegate").isEqualTo(own);
    }
}
