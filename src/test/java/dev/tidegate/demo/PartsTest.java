package dev.tidegate.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartsTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final Parts parts = new Parts(new Progress(new PrintStream(shown, true, StandardCharsets.UTF_8), () -> 0));
    private final List<String> ended = new ArrayList<>();

    @Test
    void what_started_last_ends_first_and_once() {
        parts.start("a", () -> part("a"));
        parts.start("b", () -> part("b"));

        parts.close();
        parts.close();

        assertThat(ended).containsExactly("b", "a");
    }

    @Test
    void one_that_cannot_be_ended_does_not_keep_the_others() {
        parts.start("a", () -> part("a"));
        parts.start("b", () -> () -> {
            throw new IOException("stuck");
        });

        parts.close();

        assertThat(ended).containsExactly("a");
        assertThat(shown.toString(StandardCharsets.UTF_8)).contains("stuck");
    }

    @Test
    void nothing_is_started_after_the_end() {
        parts.close();

        assertThatThrownBy(() -> parts.start("a", () -> part("a"))).isInstanceOf(DemoFailure.class);
        assertThat(shown.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void a_failed_start_says_what_failed() {
        assertThatThrownBy(() -> parts.start("PostgreSQL", () -> {
                    throw new IOException("no space");
                }))
                .isInstanceOf(DemoFailure.class)
                .hasMessage("PostgreSQL did not start: no space");
    }

    private AutoCloseable part(String name) {
        return () -> ended.add(name);
    }
}
