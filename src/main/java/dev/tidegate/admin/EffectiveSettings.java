package dev.tidegate.admin;

import java.util.List;
import java.util.Map;

/** The settings in force on this instance, for people to read. Secrets are hidden already. Thread-safe. */
public interface EffectiveSettings {
    /**
     * A value in force.
     *
     * @param source where it was written down, or {@code default}
     */
    record Setting(String key, String value, String source) {}

    /** Every setting, by key. */
    List<Setting> all();

    /** What holds for one circuit, by the last part of the key, such as {@code break-duration}. */
    Map<String, Setting> ofCircuit(String circuit);
}
