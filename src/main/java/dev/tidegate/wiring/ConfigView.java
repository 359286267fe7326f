package dev.tidegate.wiring;

import java.util.Optional;
import java.util.Set;

/** What the settings are read from. */
interface ConfigView {
    /** The value of that key by its own name or its environment form; an empty text is a value too. */
    Optional<RawValue> find(String key);

    /** Names that the sources tell of, environment variables in their own form. */
    Set<String> names();
}
