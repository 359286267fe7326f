package dev.tidegate.wiring;

import dev.tidegate.core.CircuitPolicy;
import dev.tidegate.guard.CircuitKind;
import dev.tidegate.guard.Classification;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One circuit's settings.
 *
 * @param healthProbe name of a bean that probes where no call comes, or {@code null}
 * @param classification what exceptions mean
 * @param values each value with its source
 */
public record CircuitSettings(
        String name,
        CircuitKind kind,
        CircuitPolicy policy,
        @Nullable String healthProbe,
        Classification classification,
        List<SettingValue> values) {
    public CircuitSettings {
        values = List.copyOf(values);
    }

    /** The same with what may change while the instance runs, as another has it. */
    CircuitSettings following(CircuitSettings changed) {
        return new CircuitSettings(
                name,
                kind,
                changed.policy.withTimesOf(policy),
                healthProbe,
                classification,
                LiveSettings.mergedValues(values, changed.values));
    }
}
