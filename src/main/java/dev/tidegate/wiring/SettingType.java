package dev.tidegate.wiring;

import java.util.ArrayList;
import java.util.List;

/** What texts a setting takes and what they mean. Immutable. */
final class SettingType<T> {
    /** Turns a text without surrounding space into a value. */
    @FunctionalInterface
    interface Parser<T> {
        T parse(String text) throws NotAllowedException;
    }

    private final String allowed;
    private final Parser<T> parser;

    /** @param allowed in words that follow "allowed is" */
    SettingType(String allowed, Parser<T> parser) {
        this.allowed = allowed;
        this.parser = parser;
    }

    T read(String text) throws NotAllowedException {
        if (text.isEmpty()) {
            throw new NotAllowedException(
                    "is empty; allowed is " + allowed + " (remove the key where its default is meant)");
        }
        if (!text.equals(text.strip())) {
            throw new NotAllowedException("begins or ends with a space; allowed is " + allowed);
        }
        return parser.parse(text);
    }

    /** Several of these, separated by commas, none twice. */
    SettingType<List<T>> list() {
        return new SettingType<>("a list, separated by commas, of " + allowed, text -> {
            List<T> values = new ArrayList<>();
            for (String part : text.split(",", -1)) {
                T value = read(part.strip());
                if (values.contains(value)) {
                    throw new NotAllowedException("has '" + value + "' twice");
                }
                values.add(value);
            }
            return List.copyOf(values);
        });
    }

    NotAllowedException refused() {
        return new NotAllowedException("allowed is " + allowed);
    }

    NotAllowedException refused(String hint) {
        return new NotAllowedException("allowed is " + allowed + "; " + hint);
    }
}
