package dev.tidegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a call costs at most beyond itself: no object, and no reading of the clock but those that a promise names. */
class HotPathTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int CALLS = 20_000;
    private static final CircuitPolicy UNTIMED = OneBreaker.POLICY;
    private static final CircuitPolicy TIMED = UNTIMED.withSlowCalls(new SlowCalls(Duration.ofSeconds(1), 0.5));
    private static final CircuitPolicy LAST_CALLS = UNTIMED.withSamplingCalls(100);

    private long now = Long.MAX_VALUE - 1_000_000_000L;
    private int readings;
    private final CoarseTicker ticker = new CoarseTicker(() -> {
        readings++;
        return now;
    });
    // Where a permit goes that the compiler could do away with otherwise.
    private @Nullable Permit last;

    @Test
    void a_success_reads_no_clock() {
        Breaker breaker = breaker(UNTIMED);

        assertThat(readingsOf(() -> succeed(breaker))).isZero();
    }

    @Test
    void a_timed_success_reads_no_clock_beyond_its_callers_two_readings() {
        Breaker breaker = breaker(TIMED);

        assertThat(readingsOf(() -> succeed(breaker, 1_000))).isZero();
    }

    @Test
    void a_success_among_the_last_calls_reads_no_clock() {
        Breaker breaker = breaker(LAST_CALLS);

        assertThat(readingsOf(() -> succeed(breaker))).isZero();
    }

    @Test
    void a_refusal_reads_no_clock_while_the_break_has_long_to_go() {
        Breaker breaker = tripped();

        assertThat(readingsOf(() -> refuse(breaker))).isZero();
    }

    @Test
    void a_refusal_reads_the_clock_once_when_the_break_is_nearly_over() {
        Breaker breaker = tripped();
        now = breaker.snapshot().claimableAtNanos() - 1;
        ticker.refresh();

        assertThat(readingsOf(() -> refuse(breaker))).isEqualTo(1);
    }

    @Test
    void a_success_allocates_nothing() {
        Breaker breaker = breaker(UNTIMED);

        assertThat(bytesPerCall(() -> succeed(breaker))).isZero();
    }

    @Test
    void a_timed_success_allocates_nothing() {
        Breaker breaker = breaker(TIMED);

        assertThat(bytesPerCall(() -> succeed(breaker, 1_000))).isZero();
    }

    @Test
    void a_success_among_the_last_calls_allocates_nothing() {
        Breaker breaker = breaker(LAST_CALLS);

        assertThat(bytesPerCall(() -> succeed(breaker))).isZero();
    }

    @Test
    void a_refusal_allocates_nothing() {
        Breaker breaker = tripped();

        assertThat(bytesPerCall(() -> refuse(breaker))).isZero();
    }

    private Breaker tripped() {
        Breaker breaker = breaker(UNTIMED);
        while (breaker.tryAcquire() instanceof Permit.Granted granted) {
            granted.failure(OneBreaker.DOWN);
        }
        return breaker;
    }

    private Breaker breaker(CircuitPolicy policy) {
        return new Breaker(
                OneBreaker.ORDERS,
                "a",
                policy,
                Duration.ofSeconds(1),
                ticker,
                new Random(1),
                () -> "token",
                (decision, answer) -> {},
                new CircuitListener() {
                    @Override
                    public void changed(Snapshot before, Snapshot after) {}

                    @Override
                    public void committed(Decision decision, CircuitRecord row) {}
                });
    }

    private void succeed(Breaker breaker) {
        granted(breaker).success();
    }

    private void succeed(Breaker breaker, long nanos) {
        granted(breaker).success(nanos);
    }

    private Permit.Granted granted(Breaker breaker) {
        Permit permit = breaker.tryAcquire();
        last = permit;
        return (Permit.Granted) permit;
    }

    private void refuse(Breaker breaker) {
        Permit permit = breaker.tryAcquire();
        last = (Permit.Refused) permit;
    }

    private int readingsOf(Runnable call) {
        int before = readings;
        call.run();
        assertThat(last).isNotNull();
        return readings - before;
    }

    // In whole bytes, so that what the virtual machine does once in a while is none of a call's.
    private static long bytesPerCall(Runnable call) {
        allocated(call);
        return allocated(call) / CALLS;
    }

    private static long allocated(Runnable call) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < CALLS; i++) {
            call.run();
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
