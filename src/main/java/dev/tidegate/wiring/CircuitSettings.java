package dev.tidegate.wiring;

import dev.tidegate.core.CircuitPolicy;
import dev.tidegate.guard.CircuitKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One circuit's settings.
 *
 * @param healthProbe name of a bean that probes where no call comes, or {@code null}
 * @param recordOn exception class names that are failures; empty = all
 * @param ignoreOn exception class names that are neutral
 * @param successOn exception class names that are successes
 * @param values each value with its source
 */
public record CircuitSettings(
        String name,
        CircuitKind kind,
        CircuitPolicy policy,
        @Nullable String healthProbe,
        List<String> recordOn,
        List<String> ignoreOn,
        List<String> successOn,
        List<SettingValue> values) {
    public CircuitSettings {
        recordOn = List.copyOf(recordOn);
        ignoreOn = List.copyOf(ignoreOn);
        successOn = List.copyOf(successOn);
        values = List.copyOf(values);
    }
}
