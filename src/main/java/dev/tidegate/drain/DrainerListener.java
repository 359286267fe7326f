package dev.tidegate.drain;

/** Is told when a drainer's state, its cause or its pause causes changed: in no thread in particular; must return soon. */
@FunctionalInterface
public interface DrainerListener {
    void changed(DrainerStatus before, DrainerStatus now);
}
