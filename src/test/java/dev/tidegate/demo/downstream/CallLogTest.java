package dev.tidegate.demo.downstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class CallLogTest {
    @Test
    void keeps_the_latest_calls_and_counts_all() {
        CallLog log = new CallLog(new Limits(2, 10, 10));

        log.add(call("a", Outcome.ERROR));
        log.add(call("a", Outcome.DONE));
        log.add(call("b", Outcome.DONE));
        log.add(call("b", Outcome.DONE));

        assertThat(log.calls()).extracting(Call::id).containsExactly("b", "b");
        Counts counts = log.counts(3);
        assertThat(counts.open()).isEqualTo(3);
        assertThat(counts.ended()).isEqualTo(4);
        assertThat(counts.of(Outcome.DONE)).isEqualTo(3);
        assertThat(counts.of(Outcome.ERROR)).isEqualTo(1);
        assertThat(counts.of(Outcome.HUNG)).isZero();
        assertThat(counts.distinctIds()).isEqualTo(2);
        assertThat(counts.distinctDone()).isEqualTo(2);
    }

    @Test
    void an_id_is_counted_again_only_after_the_limit_of_others() {
        DistinctIds ids = new DistinctIds(2);

        ids.add("a");
        ids.add("b");
        ids.add("a");
        ids.add("c");
        ids.add("a");
        assertThat(ids.count()).isEqualTo(3);

        ids.add("b");
        assertThat(ids.count()).isEqualTo(4);
    }

    private static Call call(String id, Outcome outcome) {
        return new Call(id, null, Instant.EPOCH, 0, 1, outcome);
    }
}
