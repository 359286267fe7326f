package dev.tidegate.drain.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code Retry-After} (RFC 9110, 10.2.3): seconds, or a date in any of HTTP's three forms. A date counts from the
 * answer's own {@code Date}, since this machine's clock may be wrong. Nonsense is no answer, never an error.
 */
final class RetryAfter {
    /** More is read as this much; the circuit has a bound of its own. */
    static final Duration MOST = Duration.ofDays(1);

    private static final int MOST_CHARACTERS = 100;
    private static final Pattern SECONDS = Pattern.compile("[0-9]+");
    private static final String TIME = "(?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>\\d\\d)";
    private static final List<Pattern> DATES = List.of(
            Pattern.compile("[A-Za-z]{3}, (?<day>\\d\\d) (?<month>[A-Za-z]{3}) (?<year>\\d{4}) " + TIME + " GMT"),
            Pattern.compile("[A-Za-z]{6,9}, (?<day>\\d\\d)-(?<month>[A-Za-z]{3})-(?<year>\\d\\d) " + TIME + " GMT"),
            Pattern.compile("[A-Za-z]{3} (?<month>[A-Za-z]{3}) (?<day>[ \\d]\\d) " + TIME + " (?<year>\\d{4})"));
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
    /** Two digits of a year mean one of 1970 to 2069. */
    private static final int PIVOT = 70;

    private RetryAfter() {}

    /**
     * How long the answer asks to wait, at most {@link #MOST}.
     *
     * @param value the raw header
     * @param date the same answer's raw {@code Date}
     * @return {@code null} if it asks for nothing: absent, malformed, zero or past
     */
    static @Nullable Duration parse(@Nullable String value, @Nullable String date) {
        if (value == null || value.length() > MOST_CHARACTERS) {
            return null;
        }
        String text = value.strip();
        Duration wait = SECONDS.matcher(text).matches() ? seconds(text) : until(text, date);
        if (wait == null || wait.isZero() || wait.isNegative()) {
            return null;
        }
        return wait.compareTo(MOST) > 0 ? MOST : wait;
    }

    private static Duration seconds(String digits) {
        try {
            return Duration.ofSeconds(Long.parseLong(digits));
        } catch (NumberFormatException | ArithmeticException moreThanFits) {
            return MOST;
        }
    }

    private static @Nullable Duration until(String text, @Nullable String date) {
        LocalDateTime end = date(text);
        LocalDateTime begin = date == null ? null : date(date.strip());
        return end == null || begin == null ? null : Duration.between(begin, end);
    }

    private static @Nullable LocalDateTime date(String text) {
        for (Pattern form : DATES) {
            Matcher matcher = form.matcher(text);
            if (matcher.matches()) {
                return date(matcher);
            }
        }
        return null;
    }

    private static @Nullable LocalDateTime date(Matcher form) {
        int year = number(form, "year");
        if (form.group("year").length() == 2) {
            year += year < PIVOT ? 2000 : 1900;
        }
        try {
            return LocalDateTime.of(
                    year,
                    MONTHS.indexOf(form.group("month")) + 1,
                    number(form, "day"),
                    number(form, "hour"),
                    number(form, "minute"),
                    number(form, "second"));
        } catch (DateTimeException notADate) {
            return null;
        }
    }

    private static int number(Matcher form, String group) {
        return Integer.parseInt(form.group(group).strip());
    }
}
