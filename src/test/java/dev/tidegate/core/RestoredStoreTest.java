package dev.tidegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Readings of the ticker: the current snapshot was adopted at 10. */
class RestoredStoreTest {
    private final RestoredStore restored = new RestoredStore();
    private final CircuitRecord older = Rows.closed();

    private boolean seen(CircuitRecord row, long started, long answered) {
        return restored.isConfirmed(row, started, 10, answered);
    }

    @Test
    void two_reads_one_after_the_other_confirm() {
        assertThat(seen(older, 10, 12)).isFalse();
        assertThat(seen(older, 12, 13)).isTrue();
    }

    @Test
    void a_read_that_began_before_the_snapshot_was_adopted_says_nothing() {
        assertThat(seen(older, 9, 11)).isFalse();
        assertThat(seen(older, 12, 13)).isFalse();
    }

    @Test
    void a_read_that_began_before_the_first_was_answered_confirms_nothing() {
        assertThat(seen(older, 10, 12)).isFalse();
        assertThat(seen(older, 11, 13)).isFalse();
        assertThat(seen(older, 13, 14)).isTrue();
    }

    @Test
    void another_edge_begins_anew() {
        CircuitRecord another = ((Ruling.Write) Edges.rule(older, Rows.trip(older.fence()), Rows.NOW)).row();

        assertThat(seen(older, 10, 12)).isFalse();
        assertThat(seen(another, 12, 13)).isFalse();
        assertThat(seen(another, 13, 14)).isTrue();
    }

    @Test
    void what_is_not_seen_again_is_forgotten() {
        assertThat(seen(older, 10, 12)).isFalse();
        restored.clear();
        assertThat(seen(older, 12, 13)).isFalse();
    }
}
