package dev.tidegate.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.drain.DrainerSettings.Ordering;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class LanesTest {
    private final OwnedPartition first = owner(0);
    private final OwnedPartition second = owner(1);

    private static OwnedPartition owner(int number) {
        OwnedPartition owner =
                new OwnedPartition(new TopicPartition("orders", number), new BufferMarks(1_000, 1 << 20), 10_000);
        owner.admit(Uuid.ZERO_UUID, 0L);
        return owner;
    }

    private static BufferedRecord add(Lanes lanes, OwnedPartition owner, long offset, String key) {
        BufferedRecord record = lanes.add(
                QuickConsumer.record(owner.partition, offset, key, "v"),
                owner,
                owner.ledger().accept(offset, null));
        owner.took(record);
        return record;
    }

    private static BufferedRecord next(OwnedPartition owner) {
        return Lanes.firstReady(owner, record -> true);
    }

    @Test
    void records_of_one_key_come_one_after_another() {
        Lanes lanes = new Lanes(Ordering.KEY);
        BufferedRecord a = add(lanes, first, 0, "k");
        BufferedRecord b = add(lanes, first, 1, "k");
        BufferedRecord other = add(lanes, first, 2, "other");

        assertThat(next(first)).isSameAs(a);
        lanes.leave(a.lane);
        assertThat(next(first)).isSameAs(other);
        lanes.leave(other.lane);
        assertThat(next(first)).isNull();

        lanes.pass(a.lane);
        assertThat(next(first)).isSameAs(b);
    }

    @Test
    void a_key_keeps_its_lane_across_partitions() {
        Lanes lanes = new Lanes(Ordering.KEY);
        BufferedRecord a = add(lanes, first, 0, "k");
        BufferedRecord b = add(lanes, second, 0, "k");

        assertThat(b.lane).isSameAs(a.lane);
        assertThat(next(second)).isNull();
        lanes.leave(a.lane);
        lanes.pass(a.lane);
        assertThat(next(second)).isSameAs(b);
    }

    @Test
    void no_key_is_no_order_and_null_and_empty_keys_differ() {
        Lanes lanes = new Lanes(Ordering.KEY);
        BufferedRecord a = add(lanes, first, 0, null);
        BufferedRecord b = add(lanes, first, 1, null);
        BufferedRecord empty = add(lanes, first, 2, "");
        BufferedRecord alsoEmpty = add(lanes, first, 3, "");

        assertThat(a.lane).isNotSameAs(b.lane);
        assertThat(empty.lane).isNotSameAs(a.lane).isSameAs(alsoEmpty.lane);
    }

    @Test
    void ordering_by_partition_is_one_lane_and_unordered_one_for_each() {
        Lanes byPartition = new Lanes(Ordering.PARTITION);
        assertThat(add(byPartition, first, 0, "a").lane).isSameAs(add(byPartition, first, 1, null).lane);

        Lanes unordered = new Lanes(Ordering.UNORDERED);
        assertThat(add(unordered, second, 0, "a").lane).isNotSameAs(add(unordered, second, 1, "a").lane);
    }

    @Test
    void a_failed_head_waits_and_then_comes_before_those_behind_it() {
        Lanes lanes = new Lanes(Ordering.KEY);
        BufferedRecord a = add(lanes, first, 0, "k");
        add(lanes, first, 1, "k");
        lanes.leave(a.lane);
        lanes.wait(a.lane, 100);

        assertThat(next(first)).isNull();
        assertThat(lanes.nextWakeNanos()).isEqualTo(100);
        lanes.wakeDue(99);
        assertThat(next(first)).isNull();
        assertThat(lanes.firstWaiting(record -> true)).isSameAs(a);

        lanes.wakeDue(100);
        assertThat(next(first)).isSameAs(a);
        assertThat(lanes.nextWakeNanos()).isNull();
    }

    @Test
    void all_wake_when_the_downstream_works_again() {
        Lanes lanes = new Lanes(Ordering.KEY);
        for (int i = 0; i < 3; i++) {
            BufferedRecord record = add(lanes, first, i, "k" + i);
            lanes.leave(record.lane);
            lanes.wait(record.lane, 1_000_000 + i);
        }

        lanes.wakeAll();
        assertThat(first.ready).hasSize(3);
    }

    @Test
    void dropping_a_partition_leaves_the_records_of_others_in_their_order() {
        Lanes lanes = new Lanes(Ordering.KEY);
        BufferedRecord lost = add(lanes, first, 0, "k");
        BufferedRecord kept = add(lanes, second, 0, "k");
        BufferedRecord lostToo = add(lanes, first, 1, "k");
        BufferedRecord keptToo = add(lanes, second, 1, "k");

        lanes.drop(first, first.records());

        assertThat(lost.lane.records).containsExactly(kept, keptToo).doesNotContain(lostToo);
        assertThat(next(second)).isSameAs(kept);
        assertThat(next(first)).isNull();
    }

    @Test
    void a_dropped_record_on_its_way_holds_its_key_until_it_ends() {
        Lanes lanes = new Lanes(Ordering.KEY);
        BufferedRecord lost = add(lanes, first, 0, "k");
        lanes.leave(lost.lane);
        lanes.drop(first, first.records());
        BufferedRecord again = add(lanes, second, 0, "k");

        assertThat(next(second)).isNull();
        lanes.pass(lost.lane);
        assertThat(next(second)).isSameAs(again);
    }
}
