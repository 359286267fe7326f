package dev.tidegate.drain;

import java.util.Collection;
import java.util.Optional;

/** All drainers of this instance. */
public interface Drainers {
    Collection<Drainer> all();

    Optional<Drainer> find(String name);
}
