package dev.tidegate.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SurroundingsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "host",
                "HOST.example.com",
                "_x",
                "",
                "ein-sehr-langer-name-eines-rechners-der-nicht-mehr-passt-und-passt"
            })
    void an_instance_gets_a_name_that_is_allowed(String host) throws Exception {
        assertThat(Texts.NAME.read(Surroundings.instanceName(host))).isNotEmpty();
    }

    @Test
    void tokens_differ() {
        Surroundings surroundings = Surroundings.real();

        assertThat(surroundings.tokens().get())
                .isNotEqualTo(surroundings.tokens().get());
    }
}
