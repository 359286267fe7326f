package dev.tidegate.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class StorableTest {
    @Test
    void text_that_every_database_keeps_is_left_as_it_is() {
        String text = "naïve 🌊 \n\t end";

        assertThat(Storable.text(text)).isSameAs(text);
    }

    @Test
    void a_nul_and_half_a_surrogate_pair_are_replaced() {
        assertThat(Storable.text("a\0b")).isEqualTo("a\uFFFDb");
        assertThat(Storable.text("cut \uD83C")).isEqualTo("cut \uFFFD");
        assertThat(Storable.text("\uDF0A cut")).isEqualTo("\uFFFD cut");
        assertThat(Storable.text("\uD83C\uD83C\uDF0A")).isEqualTo("\uFFFD\uD83C\uDF0A");
    }

    @Test
    void an_instant_is_cut_to_microseconds_never_rounded_up() {
        assertThat(Storable.instant(Instant.parse("2026-01-01T00:00:00.123456999Z")))
                .isEqualTo(Instant.parse("2026-01-01T00:00:00.123456Z"));
        assertThat(Storable.instantOrNull(null)).isNull();
    }
}
