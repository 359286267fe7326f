package dev.tidegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.fixture.FakeTicker;
import dev.tidegate.store.InMemoryCircuitStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A breaker over a store in memory, whose submissions wait until the test lets them through, or says that the store is away. */
final class OneBreaker implements Submitter {
    static final CircuitName ORDERS = new CircuitName("orders");
    static final Failure DOWN = new Failure("503");

    /** Trips after three failures in a row, breaks 30 s, two probes close, a call lasts at most 5 s. */
    static final CircuitPolicy POLICY = policy(3, null, 1);

    /** Time and store that several breakers share. */
    static final class Bench {
        final FakeTicker ticker = new FakeTicker();
        final InMemoryCircuitStore store = new InMemoryCircuitStore(ticker);

        void advance(Duration by) {
            ticker.advance(by);
        }
    }

    final Bench bench;
    final Breaker breaker;
    final Deque<Runnable> waiting = new ArrayDeque<>();
    final List<Decision> committed = new ArrayList<>();
    boolean isAway;
    /** The store answers, and settles nothing in the tries that are allowed. */
    boolean isDeferred;
    /** What is submitted is written, but its answer never comes. */
    boolean isAnswerHeld;
    /** What is submitted is written, but is answered as if the store were away. */
    boolean isAnswerLost;

    OneBreaker(CircuitPolicy policy) {
        this(new Bench(), "a", policy);
    }

    OneBreaker(Bench bench, String name, CircuitPolicy policy) {
        this.bench = bench;
        int[] tokens = new int[1];
        breaker = new Breaker(
                ORDERS,
                name,
                policy,
                Duration.ofSeconds(1),
                bench.ticker,
                new Random(1),
                () -> name + tokens[0]++,
                this,
                new CircuitListener() {
                    @Override
                    public void changed(Snapshot before, Snapshot after) {}

                    @Override
                    public void committed(Decision decision, CircuitRecord row) {
                        committed.add(decision);
                    }
                });
        bench.store.create(Set.of(ORDERS));
        poll();
    }

    /** No failure in a row trips, but that ratio of them. */
    static CircuitPolicy ratio(double ratio) {
        return policy(0, ratio, 1);
    }

    /** As {@link #POLICY} with so many probes at once. */
    static CircuitPolicy probes(int probes) {
        return policy(3, null, probes);
    }

    private static CircuitPolicy policy(int threshold, @Nullable Double ratio, int probes) {
        return new CircuitPolicy(
                threshold,
                ratio,
                Duration.ofMinutes(1),
                3,
                Duration.ofSeconds(30),
                2,
                Duration.ofMinutes(10),
                probes,
                2,
                10,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10));
    }

    @Override
    public void submit(Decision decision, Consumer<Submission> answer) {
        waiting.add(() -> {
            Submission submission = isAway ? new Submission.Away() : answerOf(decision);
            if (!isAnswerHeld) {
                answer.accept(isAnswerLost ? new Submission.Away() : submission);
            }
        });
    }

    private Submission answerOf(Decision decision) {
        if (isDeferred) {
            return new Submission.Deferred();
        }
        WriteResult result = bench.store.write(decision);
        if (result instanceof WriteResult.Committed done) {
            return new Submission.Applied(done.row(), done.storeNow(), bench.ticker.nanos());
        }
        WriteResult.Lost lost = (WriteResult.Lost) result;
        return new Submission.Lost(lost.row(), lost.storeNow(), bench.ticker.nanos(), lost.why());
    }

    /** Lets everything through that was submitted. */
    void flush() {
        while (!waiting.isEmpty()) {
            waiting.remove().run();
        }
    }

    /** Reads the row. */
    void poll() {
        StoreView view = bench.store.read();
        long now = bench.ticker.nanos();
        breaker.adopt(Objects.requireNonNull(view.records().get(ORDERS)), view.storeNow(), now, now);
    }

    void fail(int times) {
        for (int i = 0; i < times; i++) {
            granted().failure(DOWN);
        }
    }

    Permit.Granted granted() {
        Permit permit = breaker.tryAcquire();
        assertThat(permit).isInstanceOf(Permit.Granted.class);
        return (Permit.Granted) permit;
    }

    Permit.Refused refused() {
        Permit permit = breaker.tryAcquire();
        assertThat(permit).isInstanceOf(Permit.Refused.class);
        return (Permit.Refused) permit;
    }

    /** Trips, waits the break out and takes the lease. */
    void halfOpen() {
        fail(3);
        flush();
        bench.advance(Duration.ofSeconds(33));
        refused();
        flush();
    }

    /** Trips and recovers. */
    void recover() {
        halfOpen();
        granted().success();
        flush();
        granted().success();
        flush();
    }

    /** An operator holds the circuit for an hour, and this instance hears of it. */
    void override(OperatorOverride.Kind kind) {
        change(new Decision.SetOverride(
                ORDERS, row().fence(), "override", "api", kind, "op", "because", Duration.ofHours(1), null));
    }

    /** An operator lets go of it, and this instance hears of it. */
    void release() {
        long id = Objects.requireNonNull(row().override()).id();
        change(new Decision.EndOverride(ORDERS, row().fence(), "release", "api", id, "op", "done"));
    }

    private void change(Decision decision) {
        assertThat(bench.store.write(decision)).isInstanceOf(WriteResult.Committed.class);
        poll();
    }

    CircuitRecord row() {
        return Objects.requireNonNull(bench.store.read().records().get(ORDERS));
    }
}
