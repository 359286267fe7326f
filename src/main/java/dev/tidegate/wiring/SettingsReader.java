package dev.tidegate.wiring;

import java.util.function.Supplier;

/** Reads all settings: a pure function of the view, but for the name of an instance that has none. */
final class SettingsReader {
    private final Supplier<String> instanceNames;

    /** @param instanceNames yields a name for an instance that the configuration gives none */
    SettingsReader(Supplier<String> instanceNames) {
        this.instanceNames = instanceNames;
    }

    /** @throws ConfigurationException with everything that is wrong */
    TidegateSettings read(ConfigView view) {
        Findings findings = new Findings();
        TidegateSettings settings = new Reading(view, findings, instanceNames).settings();
        if (!findings.errors().isEmpty()) {
            throw new ConfigurationException(findings.errors(), findings.warnings());
        }
        return settings;
    }
}
