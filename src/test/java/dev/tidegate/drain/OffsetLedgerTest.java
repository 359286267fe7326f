package dev.tidegate.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.drain.OffsetLedger.CommitPoint;
import dev.tidegate.drain.OffsetLedger.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OffsetLedgerTest {
    private final OffsetLedger ledger = new OffsetLedger(10L);

    @Test
    void nothing_is_due_before_anything_is_settled() {
        ledger.accept(10, null);

        assertThat(ledger.due()).isEmpty();
        assertThat(ledger.committed()).isEqualTo(10);
        assertThat(ledger.position()).isEqualTo(11);
    }

    @Test
    void what_lies_above_the_lowest_unsettled_record_is_not_due() {
        Entry five = ledger.accept(10, null);
        Entry six = ledger.accept(11, null);

        ledger.settle(six);
        assertThat(ledger.due()).isEmpty();
        assertThat(ledger.uncommitted()).isEqualTo(1);

        ledger.settle(five);
        assertThat(ledger.due()).map(CommitPoint::offset).contains(12L);
    }

    @Test
    void a_gap_in_the_offsets_holds_nothing_up() {
        Entry first = ledger.accept(50, 3);
        Entry second = ledger.accept(90, 4);

        ledger.settle(first);
        assertThat(ledger.due()).contains(new CommitPoint(51, 3, 1));

        ledger.settle(second);
        ledger.advanceTo(100);
        assertThat(ledger.due()).contains(new CommitPoint(100, 4, 2));
    }

    @Test
    void markers_after_an_unsettled_record_wait_for_it() {
        Entry only = ledger.accept(10, null);
        ledger.advanceTo(15);
        assertThat(ledger.due()).isEmpty();

        ledger.settle(only);
        assertThat(ledger.due()).map(CommitPoint::offset).contains(15L);
    }

    @Test
    void an_acknowledgement_that_was_overtaken_takes_nothing_back() {
        ledger.settle(ledger.accept(10, null));
        CommitPoint early = ledger.due().orElseThrow();
        ledger.settle(ledger.accept(11, null));
        CommitPoint late = ledger.due().orElseThrow();

        ledger.acknowledge(late);
        ledger.acknowledge(early);

        assertThat(ledger.committed()).isEqualTo(12);
        assertThat(ledger.uncommitted()).isZero();
        assertThat(ledger.due()).isEmpty();
    }

    @Test
    void without_a_commit_it_begins_with_the_first_record() {
        OffsetLedger fresh = new OffsetLedger(null);
        assertThat(fresh.committed()).isNull();
        assertThat(fresh.position()).isNull();

        Entry first = fresh.accept(1_000, null);
        assertThat(fresh.due()).isEmpty();

        fresh.settle(first);
        assertThat(fresh.due()).map(CommitPoint::offset).contains(1_001L);
        assertThat(fresh.committed()).isNull();
    }

    @Test
    void going_back_is_seen_and_settling_twice_is_a_bug() {
        Entry entry = ledger.accept(20, null);
        assertThat(ledger.isBehind(20)).isTrue();
        assertThat(ledger.isBehind(21)).isFalse();
        assertThatThrownBy(() -> ledger.accept(5, null)).hasMessageContaining("a bug");

        ledger.settle(entry);
        assertThatThrownBy(() -> ledger.settle(entry)).hasMessageContaining("settled twice");
    }

    @Test
    void agrees_with_a_plain_model_over_random_histories() {
        for (long seed = 0; seed < 500; seed++) {
            history(seed);
        }
    }

    // The oracle looks at every record anew; the ledger must say the same at each step.
    private static void history(long seed) {
        Random random = new Random(seed);
        OffsetLedger subject = new OffsetLedger(0L);
        List<Long> offsets = new ArrayList<>();
        List<Entry> entries = new ArrayList<>();
        List<Boolean> settled = new ArrayList<>();
        long next = 0;
        long acknowledged = 0;
        for (int step = 0; step < 60; step++) {
            if (random.nextBoolean()) {
                next += random.nextInt(3);
                offsets.add(next);
                entries.add(subject.accept(next++, null));
                settled.add(false);
            } else if (!entries.isEmpty()) {
                int at = random.nextInt(entries.size());
                if (!settled.get(at)) {
                    settled.set(at, true);
                    subject.settle(entries.get(at));
                }
            }
            long due = 0;
            int lowest = settled.indexOf(false);
            if (lowest < 0) {
                due = next;
            } else if (lowest > 0) {
                due = offsets.get(lowest - 1) + 1;
            }
            long before = acknowledged;
            assertThat(subject.due().map(CommitPoint::offset).orElse(before))
                    .as("seed %d step %d", seed, step)
                    .isEqualTo(Math.max(due, before));
            if (random.nextInt(5) == 0 && subject.due().isPresent()) {
                acknowledged = due;
                subject.acknowledge(subject.due().orElseThrow());
            }
            long inAll = settled.stream().filter(done -> done).count();
            long above = acknowledged;
            long below = 0;
            for (int i = 0; i < offsets.size(); i++) {
                below += offsets.get(i) < above ? 1 : 0;
            }
            assertThat(subject.uncommitted()).as("seed %d step %d", seed, step).isEqualTo(inAll - below);
        }
    }
}
