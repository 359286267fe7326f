package dev.tidegate.drain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DrainerTopicsTest {
    private static DrainerSettings of(String... topics) {
        SettingsOfDrainer settings = new SettingsOfDrainer();
        settings.topics = List.of(topics);
        return settings.build();
    }

    @Test
    void named_topics_are_drained_and_no_others() {
        DrainerSettings settings = of("orders", "returns");

        assertThat(settings.namedTopics()).containsExactly("orders", "returns");
        assertThat(settings.drains("returns")).isTrue();
        assertThat(settings.drains("orders-2")).isFalse();
    }

    @Test
    void an_expression_names_none_and_finds_whole_names_alone() {
        DrainerSettings settings = of("pattern:orders-[0-9]");

        assertThat(settings.namedTopics()).isEmpty();
        assertThat(settings.drains("orders-7")).isTrue();
        assertThat(settings.drains("orders-77")).isFalse();
    }

    @Test
    void an_expression_does_not_find_the_dead_letter_topics_that_are_made_for_it() {
        DrainerSettings settings = of("pattern:orders.*");

        assertThat(settings.drains("orders-7")).isTrue();
        assertThat(settings.drains("orders-7.dlt")).isFalse();
    }
}
