package dev.tidegate.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.guard.CircuitEvents;
import dev.tidegate.guard.StoreCameBack;
import dev.tidegate.guard.StoreWentAway;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutageLogTest {
    @Test
    void observers_hear_of_the_beginning_and_of_the_end_of_an_outage() {
        List<Object> heard = new ArrayList<>();
        OutageLog log = new OutageLog(new CircuitEvents(Runnable::run, heard::add));

        log.storeWentAway("connection refused");
        log.storeCameBack(Duration.ofSeconds(7));

        assertThat(heard)
                .containsExactly(new StoreWentAway("connection refused"), new StoreCameBack(Duration.ofSeconds(7)));
    }
}
