package dev.tidegate.drain;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A processor that is made when its drainer starts, and stays the same in every start after that. What keeps it from being
 * made is a fault of the drainer and of no record; the next start tries again. Thread-safe.
 */
final class LateProcessor implements ProcessorCall {
    private final String drainer;
    private final Supplier<ProcessorCall> source;
    private volatile @Nullable ProcessorCall made;

    LateProcessor(String drainer, Supplier<ProcessorCall> source) {
        this.drainer = drainer;
        this.source = source;
    }

    /**
     * Returns when it is made; may take as long as that takes.
     *
     * @throws IllegalStateException if it cannot be made now
     */
    void prepare() {
        if (made != null) {
            return;
        }
        try {
            made = source.get();
        } catch (RuntimeException | LinkageError e) {
            throw new IllegalStateException(
                    "the processor of drainer " + drainer + " cannot be made, which is tried again: " + rootOf(e), e);
        }
    }

    @Override
    public void make(Attempt attempt, Answer answer) {
        Objects.requireNonNull(made, "a bug: a record came before the processor")
                .make(attempt, answer);
    }

    // Containers wrap what a bean threw, and the status has one line only.
    private static Throwable rootOf(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
