package dev.tidegate.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.core.StoreException;
import dev.tidegate.fixture.FakeTicker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoreOutageTest {
    private final StoreException silent = new StoreException("silent");

    private final FakeTicker ticker = new FakeTicker();
    private final List<String> told = new ArrayList<>();
    private final StoreOutage outage = new StoreOutage(ticker, new StoreOutage.Listener() {
        @Override
        public void storeWentAway(String why) {
            told.add("away");
        }

        @Override
        public void storeCameBack(Duration away) {
            told.add("back after " + away);
        }
    });

    @Test
    void an_outage_is_told_once_and_its_end_once() {
        answered();
        ticker.advance(Duration.ofSeconds(1));

        outage.failed(silent, false, ticker.nanos());
        outage.failed(silent, true, ticker.nanos());
        ticker.advance(Duration.ofSeconds(3));
        answered();
        answered();

        assertThat(told).containsExactly("away", "back after PT3S");
        assertThat(outage.outages()).isOne();
    }

    @Test
    void a_failure_of_a_question_that_was_asked_before_the_latest_answer_begins_no_outage() {
        answered();
        ticker.advance(Duration.ofSeconds(1));
        long askedNanos = ticker.nanos();
        outage.failed(silent, false, askedNanos);
        ticker.advance(Duration.ofSeconds(1));
        answered();

        boolean isAway = outage.failed(silent, true, askedNanos);

        assertThat(isAway).isFalse();
        assertThat(told).containsExactly("away", "back after PT1S");
    }

    @Test
    void a_failure_of_a_question_that_was_asked_after_the_latest_answer_begins_one() {
        answered();
        ticker.advance(Duration.ofNanos(1));

        assertThat(outage.failed(silent, true, ticker.nanos())).isTrue();
        assertThat(outage.isAway()).isTrue();
    }

    @Test
    void the_first_failure_before_any_answer_begins_one() {
        assertThat(outage.failed(silent, false, ticker.nanos())).isTrue();
    }

    private void answered() {
        outage.answered(ticker.nanos(), Instant.EPOCH);
    }
}
