package dev.tidegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CoarseTickerTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 50_000_000);
    private final AtomicInteger readings = new AtomicInteger();
    private final CoarseTicker ticker = new CoarseTicker(() -> {
        readings.incrementAndGet();
        return now.get();
    });

    @Test
    void a_coarse_reading_is_that_of_the_last_refreshment_and_asks_no_clock() {
        long begin = ticker.coarseNanos();
        int before = readings.get();
        now.addAndGet(Duration.ofMillis(60).toNanos());

        assertThat(ticker.coarseNanos()).isEqualTo(begin);
        assertThat(readings).hasValue(before);

        ticker.refresh();
        assertThat(ticker.coarseNanos() - begin).isEqualTo(Duration.ofMillis(60).toNanos());
    }

    @Test
    void an_exact_reading_makes_up_for_refreshments_that_do_not_come() {
        long begin = ticker.coarseNanos();
        now.addAndGet(Duration.ofSeconds(3).toNanos());

        long exact = ticker.nanos();

        assertThat(exact - begin).isEqualTo(Duration.ofSeconds(3).toNanos());
        assertThat(ticker.coarseNanos()).isEqualTo(exact);
    }

    @Test
    void a_success_asks_no_clock_where_a_bucket_is_long() {
        Window window =
                new TimeWindow(ticker, Duration.ofMinutes(1), new FailureRun(3, Duration.ofMinutes(1)), new Object());
        int before = readings.get();

        window.success();

        assertThat(readings).hasValue(before);
        assertThat(window.counts().calls()).isEqualTo(1);
    }

    @Test
    void a_success_asks_the_clock_where_a_coarse_reading_might_be_a_bucket_behind() {
        Window window =
                new TimeWindow(ticker, Duration.ofSeconds(1), new FailureRun(3, Duration.ofSeconds(1)), new Object());
        now.addAndGet(Duration.ofMillis(999).toNanos());

        window.success();
        now.addAndGet(Duration.ofMillis(900).toNanos());

        assertThat(window.counts().calls()).isEqualTo(1);
    }

    @Test
    void successes_leave_the_window_when_their_time_is_over() {
        Window window =
                new TimeWindow(ticker, Duration.ofMinutes(1), new FailureRun(3, Duration.ofMinutes(1)), new Object());
        window.success();
        now.addAndGet(Duration.ofSeconds(30).toNanos());
        ticker.refresh();
        window.success();

        now.addAndGet(Duration.ofSeconds(40).toNanos());

        assertThat(window.counts().calls()).isEqualTo(1);
    }
}
