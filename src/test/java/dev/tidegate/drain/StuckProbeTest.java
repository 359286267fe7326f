package dev.tidegate.drain;

import static dev.tidegate.drain.DrainerBench.P0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.core.CircuitPolicy;
import dev.tidegate.core.EffectiveState;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The trouble of diegosouzapw/OmniRoute#13836: a probe that never ended, or ended by a path that reports nothing, left the
 * breaker half-open for six days.
 */
@Timeout(60)
class StuckProbeTest {
    private static final int TRIPS = 3;
    private static final int RECORDS = 20;
    private static final Duration CALL = Duration.ofSeconds(1);
    private static final Duration LEASE = Duration.ofSeconds(3);
    // For a machine that is busy with other things.
    private static final Duration SLACK = Duration.ofSeconds(8);
    private static final CircuitPolicy POLICY = new CircuitPolicy(
            TRIPS,
            null,
            Duration.ofMinutes(1),
            1,
            Duration.ofMillis(200),
            1,
            Duration.ofSeconds(1),
            1,
            1,
            10,
            CALL,
            LEASE);

    private final DrainerBench bench = new DrainerBench(POLICY);
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicLong probedNanos = new AtomicLong();
    private final AtomicLong probedAgainNanos = new AtomicLong();

    /** What becomes of the first probe. */
    enum Fate {
        NEVER_COMPLETES,
        NO_STAGE,
        ERROR,
        LINKAGE_ERROR,
        THREAD_INTERRUPTED
    }

    @AfterEach
    void end() {
        bench.close();
    }

    @ParameterizedTest
    @EnumSource
    void another_probe_follows_within_the_lease_and_the_circuit_closes(Fate fate) {
        bench.settings.timeout = CALL;
        bench.settings.concurrency = 1;
        bench.consumer.assign(P0);
        for (int i = 0; i < RECORDS; i++) {
            bench.consumer.append(P0, "k", "v" + i);
        }
        bench.startAsync(delivery -> answer(fate));

        await().atMost(Duration.ofSeconds(50)).until(() -> bench.consumer.committedOf(P0) == RECORDS);

        assertThat(bench.circuits.circuit("orders").state()).isEqualTo(EffectiveState.CLOSED);
        assertThat(Duration.ofNanos(probedAgainNanos.get() - probedNanos.get()))
                .isLessThan(LEASE.plusSeconds(2).plus(SLACK));
        assertThat(bench.letters.sent).isEmpty();
    }

    private CompletionStage<Outcome> answer(Fate fate) {
        int call = calls.incrementAndGet();
        if (call <= TRIPS) {
            return CompletableFuture.failedStage(new ConnectException("refused"));
        }
        if (call == TRIPS + 1) {
            probedNanos.set(System.nanoTime());
            return probe(fate);
        }
        probedAgainNanos.compareAndSet(0, System.nanoTime());
        return CompletableFuture.completedStage(Outcome.Done.WITHOUT_RESULT);
    }

    @SuppressWarnings("NullAway")
    private static CompletionStage<Outcome> probe(Fate fate) {
        return switch (fate) {
            case NEVER_COMPLETES -> new CompletableFuture<>();
            case NO_STAGE -> null;
            case ERROR -> throw new AssertionError("scripted");
            case LINKAGE_ERROR -> throw new LinkageError("scripted");
            case THREAD_INTERRUPTED -> {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted");
            }
        };
    }
}
