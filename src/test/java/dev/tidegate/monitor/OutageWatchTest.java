package dev.tidegate.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.fixture.TestCircuits;
import dev.tidegate.store.InMemoryCircuitStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class OutageWatchTest {
    @Test
    void after_the_first_answer_the_time_is_the_stores_whatever_the_clock_of_the_instance_says() {
        InstantSource aheadByAnHour = () -> Instant.now().plusSeconds(3_600);
        InMemoryCircuitStore store = new InMemoryCircuitStore(aheadByAnHour);
        try (TestCircuits circuits = new TestCircuits("test", store, TestCircuits.quick())) {
            OutageWatch watch = new OutageWatch(circuits.link().outage(), InstantSource.system());

            Awaitility.await().atMost(Duration.ofSeconds(5)).until(watch::isReachable);

            assertThat(Duration.between(aheadByAnHour.instant(), watch.now()).abs())
                    .isLessThan(Duration.ofSeconds(5));
        }
    }
}
