package dev.tidegate.guard;

import java.util.Collection;
import java.util.Optional;

/** All circuits of this instance: the factory for code without annotations. Injectable; safe for use by many threads. */
public interface Circuits {
    /**
     * The circuit of that name, made on first use with the policy that the configuration gives it.
     *
     * @throws IllegalArgumentException if the name is not allowed
     */
    Circuit circuit(String name);

    /** The circuit of that name, if this instance uses it. */
    Optional<Circuit> find(String name);

    /** Every circuit that this instance uses, by name. */
    Collection<Circuit> all();
}
