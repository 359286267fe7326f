package dev.tidegate.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

class CauseBoardTest {
    private static final List<PauseCause> MIXED =
            List.of(PauseCause.OPERATOR, PauseCause.CIRCUIT, PauseCause.OUTPUT, PauseCause.DEAD_LETTER);

    private final CauseBoard board = new CauseBoard();
    private final OwnedPartition owner = admitted();

    private static OwnedPartition admitted() {
        OwnedPartition owner =
                new OwnedPartition(new TopicPartition("orders", 0), new BufferMarks(100, 1_000_000), 10_000);
        owner.admit(Uuid.ZERO_UUID, 0L);
        return owner;
    }

    @Test
    void each_cause_goes_only_by_itself_in_whatever_order() {
        for (List<PauseCause> set : orders(MIXED)) {
            for (List<PauseCause> release : orders(MIXED)) {
                Set<PauseCause> expected = EnumSet.noneOf(PauseCause.class);
                for (PauseCause cause : set) {
                    board.add(cause);
                    expected.add(cause);
                    assertThat(board.wide()).isEqualTo(expected);
                    assertThat(board.isFetched(owner, false)).isFalse();
                }
                for (PauseCause cause : release) {
                    assertThat(board.isFetched(owner, false)).isFalse();
                    board.remove(cause);
                    expected.remove(cause);
                    assertThat(board.wide()).isEqualTo(expected);
                }
                assertThat(board.isFetched(owner, false)).isTrue();
                assertThat(board.isOpen(owner)).isTrue();
            }
        }
    }

    @Test
    void a_cause_added_twice_is_one() {
        board.add(PauseCause.OPERATOR);
        board.takeChanged();
        board.add(PauseCause.OPERATOR);
        assertThat(board.takeChanged()).isFalse();

        board.remove(PauseCause.OPERATOR);
        assertThat(board.wide()).isEmpty();
    }

    @Test
    void backpressure_stops_fetching_and_not_handing_over() {
        board.add(owner, PauseCause.BACKPRESSURE);

        assertThat(board.isFetched(owner, false)).isFalse();
        assertThat(board.isOpen(owner)).isTrue();
        assertThat(board.of(owner)).containsExactly(PauseCause.BACKPRESSURE);
    }

    @Test
    void a_starving_drainer_fetches_in_spite_of_the_circuit_and_of_nothing_else() {
        board.add(PauseCause.CIRCUIT);
        assertThat(board.isFetched(owner, true)).isTrue();
        assertThat(board.isProbing()).isTrue();

        board.add(owner, PauseCause.DEAD_LETTER);
        assertThat(board.isFetched(owner, true)).isFalse();
        board.remove(owner, PauseCause.DEAD_LETTER);

        board.add(PauseCause.OPERATOR);
        assertThat(board.isFetched(owner, true)).isFalse();
        assertThat(board.isProbing()).isFalse();
    }

    @Test
    void a_partition_not_admitted_or_closing_is_neither_fetched_nor_handed_over() {
        OwnedPartition fresh = new OwnedPartition(new TopicPartition("orders", 1), new BufferMarks(1, 1), 1);
        assertThat(board.isFetched(fresh, false)).isFalse();
        assertThat(board.isOpen(fresh)).isFalse();

        owner.close();
        assertThat(board.isFetched(owner, false)).isFalse();
        assertThat(board.isOpen(owner)).isFalse();
    }

    private static List<List<PauseCause>> orders(List<PauseCause> of) {
        if (of.isEmpty()) {
            return List.of(List.of());
        }
        List<List<PauseCause>> all = new ArrayList<>();
        for (PauseCause first : of) {
            List<PauseCause> rest = new ArrayList<>(of);
            rest.remove(first);
            for (List<PauseCause> tail : orders(rest)) {
                List<PauseCause> order = new ArrayList<>(List.of(first));
                order.addAll(tail);
                all.add(order);
            }
        }
        return all;
    }
}
