package dev.tidegate.drain.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    private static final String DATE = "Wed, 02 Jan 2030 10:00:00 GMT";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "12|12",
                "\" 7 \"|7",
                "007|7",
                "86400|86400",
                "Wed, 02 Jan 2030 10:00:12 GMT|12",
                "Wednesday, 02-Jan-30 10:00:12 GMT|12",
                "Wed Jan  2 10:00:12 2030|12",
                "Thu Jan 10 10:00:00 2030|86400"
            })
    void seconds_and_each_form_of_date_are_read(String value, long seconds) {
        assertThat(RetryAfter.parse(value, DATE)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"99999999999999999999", "9223372036854775807", "86401", "Fri, 31 Dec 9999 23:59:59 GMT"})
    void what_is_too_much_is_read_as_the_most(String value) {
        assertThat(RetryAfter.parse(value, DATE)).isEqualTo(RetryAfter.MOST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "00",
                "-1",
                "1.5",
                "+7",
                "abc",
                "",
                "   ",
                "7s",
                "0x10",
                "12, 20",
                "٧",
                "1e3",
                "NaN",
                "Sun, 06 Nov 1994 08:49:37 GMT",
                "Sunday, 06-Nov-94 08:49:37 GMT",
                "Wed, 02 Jan 2030 10:00:00 GMT",
                "Wed, 32 Jan 2031 10:00:12 GMT",
                "Wed, 02 Foo 2031 10:00:12 GMT",
                "Wed, 02 Jan 2031 25:00:12 GMT",
                "Wed, 02 Jan 2031 10:00:12 CET",
                "Wed, 02 Jan 2031 10:00:12"
            })
    void nonsense_zero_and_the_past_ask_for_nothing(String value) {
        assertThat(RetryAfter.parse(value, DATE)).isNull();
    }

    @Test
    void a_date_counts_from_the_answers_own_date_whatever_the_clock_here_says() {
        assertThat(RetryAfter.parse("Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:25 GMT"))
                .isEqualTo(Duration.ofSeconds(12));
        assertThat(RetryAfter.parse("Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:25 1994"))
                .isEqualTo(Duration.ofSeconds(12));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "12"})
    void a_date_asks_for_nothing_if_the_answer_has_no_readable_date_of_its_own(String date) {
        assertThat(RetryAfter.parse("Wed, 02 Jan 2030 10:00:12 GMT", date)).isNull();
        assertThat(RetryAfter.parse("Wed, 02 Jan 2030 10:00:12 GMT", null)).isNull();
        assertThat(RetryAfter.parse("12", date)).isEqualTo(Duration.ofSeconds(12));
    }

    @Test
    void an_absent_or_long_value_asks_for_nothing() {
        assertThat(RetryAfter.parse(null, DATE)).isNull();
        assertThat(RetryAfter.parse("1".repeat(500), DATE)).isNull();
    }
}
