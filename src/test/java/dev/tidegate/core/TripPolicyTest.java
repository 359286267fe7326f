package dev.tidegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TripPolicyTest {
    private static final CircuitPolicy IN_A_ROW = OneBreaker.POLICY;
    private static final CircuitPolicy HALF = OneBreaker.ratio(0.5);

    @Test
    void the_threshold_trips_once_it_is_reached_with_the_minimum_throughput() {
        assertThat(TripPolicy.assess(IN_A_ROW, new Counts(3, 3, 0), 3))
                .hasValue(new TripPolicy.Verdict(
                        Cause.CONSECUTIVE_FAILURES, "3 calls in a row failed, 3 of 3 failed", new Counts(3, 3, 0)));
        assertThat(TripPolicy.assess(IN_A_ROW, new Counts(3, 2, 0), 2)).isEmpty();
        assertThat(TripPolicy.assess(IN_A_ROW, new Counts(2, 2, 0), 3)).isEmpty();
    }

    @Test
    void a_threshold_of_nothing_is_off() {
        assertThat(TripPolicy.assess(OneBreaker.ratio(1), new Counts(9, 8, 0), 0))
                .isEmpty();
    }

    @Test
    void the_ratio_trips_once_it_is_reached() {
        assertThat(TripPolicy.assess(HALF, new Counts(4, 2, 0), 1))
                .hasValue(new TripPolicy.Verdict(
                        Cause.FAILURE_RATIO, "2 of 4 failed: ratio 0.50 of 0.50 allowed", new Counts(4, 2, 0)));
        assertThat(TripPolicy.assess(HALF, new Counts(5, 2, 0), 2)).isEmpty();
    }

    @Test
    void the_slow_ratio_trips_once_it_is_reached() {
        CircuitPolicy slow = IN_A_ROW.withSlowCalls(new SlowCalls(Duration.ofSeconds(2), 0.5));

        assertThat(TripPolicy.assess(slow, new Counts(4, 0, 2), 0))
                .hasValue(new TripPolicy.Verdict(
                        Cause.SLOW_RATIO,
                        "2 of 4 took PT2S or longer: ratio 0.50 of 0.50 allowed",
                        new Counts(4, 0, 2)));
        assertThat(TripPolicy.assess(slow, new Counts(5, 0, 2), 0)).isEmpty();
    }

    @Test
    void the_fleets_ratio_trips_once_it_is_reached_with_the_minimum_throughput() {
        assertThat(TripPolicy.assessFleet(HALF, new Counts(4, 2, 0), 2))
                .hasValue(new TripPolicy.Verdict(
                        Cause.FLEET_RATE,
                        "2 of 4 failed on 2 instances: ratio 0.50 of 0.50 allowed",
                        new Counts(4, 2, 0)));
        assertThat(TripPolicy.assessFleet(HALF, new Counts(3, 2, 0), 2)).isPresent();
        assertThat(TripPolicy.assessFleet(HALF, new Counts(2, 2, 0), 2)).isEmpty();
        assertThat(TripPolicy.assessFleet(HALF, new Counts(5, 2, 0), 2)).isEmpty();
    }

    @Test
    void without_a_ratio_the_fleet_trips_nothing() {
        assertThat(TripPolicy.assessFleet(IN_A_ROW, new Counts(9, 9, 0), 3)).isEmpty();
    }
}
