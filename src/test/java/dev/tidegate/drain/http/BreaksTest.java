package dev.tidegate.drain.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class BreaksTest {
    private final Throwable reset = new CompletionException(new IOException("Connection reset"));

    @Test
    void a_reset_before_the_answers_head_is_before_any_byte() {
        assertThat(Breaks.isBeforeAnyByte(reset, false)).isTrue();
    }

    @Test
    void the_same_reset_after_the_head_is_not() {
        assertThat(Breaks.isBeforeAnyByte(reset, true)).isFalse();
    }

    @Test
    void a_connection_that_was_never_made_is_not_one_that_broke() {
        assertThat(Breaks.isBeforeAnyByte(new ConnectException("Connection reset"), false))
                .isFalse();
    }
}
