package dev.tidegate.wiring;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Something that is made when it is first asked for; if that fails, the next one who asks tries again. Thread-safe. */
final class Late<T> implements Supplier<T> {
    private final Supplier<T> source;
    private @Nullable T made;

    Late(Supplier<T> source) {
        this.source = source;
    }

    @Override
    public synchronized T get() {
        T present = made;
        if (present == null) {
            present = source.get();
            made = present;
        }
        return present;
    }
}
