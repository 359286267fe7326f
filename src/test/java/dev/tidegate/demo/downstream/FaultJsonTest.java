package dev.tidegate.demo.downstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FaultJsonTest {
    @Test
    void only_the_mode_is_required() {
        assertThat(FaultJson.parse("{\"mode\":\"error\"}")).isEqualTo(Fault.error(503));
    }

    @Test
    void every_field_is_read() {
        Fault fault = FaultJson.parse("{\"mode\":\"slow\",\"status\":500,\"ratio\":0.5,\"delay\":\"PT0.1S\"}");

        assertThat(fault).isEqualTo(new Fault(Mode.SLOW, 500, 0.5, Duration.ofMillis(100)));
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void what_is_written_is_read_again(Mode mode) {
        Fault fault = new Fault(mode, 418, 0.25, Duration.ofSeconds(7));

        assertThat(FaultJson.parse(FaultJson.of(fault).toString())).isEqualTo(fault);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                     | "mode" is missing
            {"mode":7}                             | "mode" is missing or not a text
            {"mode":"broken"}                      | mode is "broken", but allowed is one of none, error, hang, slow, refuse
            {"mode":"error","status":200}          | status is 200
            {"mode":"error","status":"503"}        | status is "503", but a whole number from 300 to 599 is needed
            {"mode":"error","status":99999999999}  | a whole number from 300 to 599 is needed
            {"mode":"error","status":503.5}        | a whole number from 300 to 599 is needed
            {"mode":"error","ratio":1.5}           | ratio is 1.5
            {"mode":"error","ratio":"1"}           | ratio is "1", but a number from 0 to 1 is needed
            {"mode":"slow","delay":"2s"}           | a duration such as "PT2S" is needed
            {"mode":"slow","delay":"-PT2S"}        | delay is PT-2S
            {"mode":"slow","delay":"PT11M"}        | allowed is PT0S to PT10M
            {"mode":"error","stauts":500}          | unknown field "stauts"; known are delay, mode, ratio, status
            mode=error                             | is not one JSON object
            {"mode":"error"} {}                    | is not one JSON object
            ["error"]                              | is not one JSON object
            """)
    void what_is_not_understood_is_refused_with_a_reason(String text, String reason) {
        assertThatThrownBy(() -> FaultJson.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }
}
