package dev.tidegate.wiring;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Types of settings that are numbers. Digits only: no sign, no separators, no NaN. */
final class Numbers {
    private static final Pattern WHOLE = Pattern.compile("[0-9]{1,18}");
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,15}(\\.[0-9]{1,15})?");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    static final SettingType<Double> RATIO = new SettingType<>("a ratio above 0 and at most 1", Numbers::ratio);

    static final SettingType<Integer> STATUS = integer(300, 599);

    private Numbers() {}

    static SettingType<Integer> integer(int least, int most) {
        return new SettingType<>(range(least, most), text -> Math.toIntExact(whole(text, least, most)));
    }

    static SettingType<Long> bytes(long least, long most) {
        return new SettingType<>(range(least, most) + " bytes", text -> whole(text, least, most));
    }

    static SettingType<Double> decimal(int least, int most) {
        String allowed = "a number from " + least + " to " + most;
        return new SettingType<>(allowed, text -> {
            if (!DECIMAL.matcher(text).matches()) {
                throw new NotAllowedException("is not a number; allowed is " + allowed);
            }
            double value = Double.parseDouble(text);
            if (value < least || value > most) {
                throw new NotAllowedException("allowed is " + allowed);
            }
            return value;
        });
    }

    private static long whole(String text, long least, long most) throws NotAllowedException {
        String allowed = "allowed is " + range(least, most);
        if (!WHOLE.matcher(text).matches()) {
            boolean isSigned = text.matches("-[0-9]+");
            throw new NotAllowedException(isSigned ? allowed : "is not a whole number in plain digits; " + allowed);
        }
        long value = Long.parseLong(text);
        if (value < least || value > most) {
            throw new NotAllowedException(allowed);
        }
        return value;
    }

    private static double ratio(String text) throws NotAllowedException {
        String allowed = "allowed is a ratio above 0 and at most 1, such as 0.5 (remove the key to switch it off)";
        if (!DECIMAL.matcher(text).matches()) {
            throw new NotAllowedException("is not a number; " + allowed);
        }
        BigDecimal value = new BigDecimal(text);
        if (value.compareTo(BigDecimal.ONE) > 0 && value.compareTo(HUNDRED) <= 0) {
            String meant = value.divide(HUNDRED).stripTrailingZeros().toPlainString();
            throw new NotAllowedException(allowed + "; for " + text + " per cent write " + meant);
        }
        if (value.signum() == 0 || value.compareTo(BigDecimal.ONE) > 0) {
            throw new NotAllowedException(allowed);
        }
        return value.doubleValue();
    }

    private static String range(long least, long most) {
        return "a whole number from " + least + " to " + most;
    }
}
