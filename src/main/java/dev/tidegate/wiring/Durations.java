package dev.tidegate.wiring;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Types of settings that are durations: ISO-8601, with a unit, within a range. */
final class Durations {
    private static final Pattern LOOSE = Pattern.compile("(?i)(?:PT?)?([0-9]+(?:\\.[0-9]+)?) ?(ms|s|m|h|d|)[a-z]*");

    private Durations() {}

    static SettingType<Duration> between(Duration least, Duration most) {
        String allowed = "an ISO-8601 duration from " + text(least) + " to " + text(most);
        return new SettingType<>(allowed, text -> within(parse(text, allowed), least, most, allowed));
    }

    static SettingType<Duration> between(String least, String most) {
        return between(Duration.parse(least), Duration.parse(most));
    }

    /** How long something is kept: a duration, or a period of years (365 days), months (30), weeks and days. */
    static SettingType<Duration> retention() {
        Duration least = Duration.ofDays(1);
        Duration most = Duration.ofDays(36_500);
        String allowed = "an ISO-8601 period or duration from P1D to P100Y";
        return new SettingType<>(allowed, text -> within(period(text, allowed), least, most, allowed));
    }

    /** As ISO-8601 with days, which {@link Duration#toString()} never uses. */
    static String text(Duration duration) {
        boolean isDays = !duration.isZero() && duration.equals(Duration.ofDays(duration.toDays()));
        return isDays ? "P" + duration.toDays() + "D" : duration.toString();
    }

    private static Duration period(String text, String allowed) throws NotAllowedException {
        try {
            Period period = Period.parse(text);
            return Duration.ofDays(period.getYears() * 365L + period.getMonths() * 30L + period.getDays());
        } catch (DateTimeException e) {
            return parse(text, allowed);
        }
    }

    private static Duration parse(String text, String allowed) throws NotAllowedException {
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw new NotAllowedException("is not an ISO-8601 duration; allowed is " + allowed + hint(text));
        }
    }

    private static Duration within(Duration value, Duration least, Duration most, String allowed)
            throws NotAllowedException {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new NotAllowedException("allowed is " + allowed);
        }
        return value;
    }

    private static String hint(String text) {
        Matcher loose = LOOSE.matcher(text);
        if (!loose.matches()) {
            return "";
        }
        String number = loose.group(1);
        return switch (loose.group(2).toLowerCase(Locale.ROOT)) {
            case "" -> "; it needs a unit: for " + number + " seconds write PT" + number + "S";
            case "ms" -> "; write PT" + new BigDecimal(number).movePointLeft(3).toPlainString() + "S";
            case "s" -> "; write PT" + number + "S";
            case "m" -> "; write PT" + number + "M";
            case "h" -> "; write PT" + number + "H";
            default -> "; write P" + number + "D";
        };
    }
}
