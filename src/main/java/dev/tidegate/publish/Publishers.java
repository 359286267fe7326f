package dev.tidegate.publish;

import java.util.Collection;
import java.util.Optional;

/** All publishers of this instance. */
public interface Publishers {
    Collection<Publisher> all();

    Optional<Publisher> find(String name);
}
