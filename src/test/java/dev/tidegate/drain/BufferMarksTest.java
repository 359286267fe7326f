package dev.tidegate.drain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BufferMarksTest {
    private final BufferMarks marks = new BufferMarks(10, 1_000);

    @Test
    void is_full_at_the_high_mark_and_until_half_is_left() {
        assertThat(marks.isFull(false, 9, 999)).isFalse();
        assertThat(marks.isFull(false, 10, 0)).isTrue();
        assertThat(marks.isFull(false, 0, 1_000)).isTrue();
        assertThat(marks.isFull(true, 6, 0)).isTrue();
        assertThat(marks.isFull(true, 5, 501)).isTrue();
        assertThat(marks.isFull(true, 5, 500)).isFalse();
    }
}
