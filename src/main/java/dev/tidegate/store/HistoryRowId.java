package dev.tidegate.store;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The history's key, in the shape that JPA asks for. */
class HistoryRowId implements Serializable {
    private static final long serialVersionUID = 1L;

    private @Nullable String circuit;
    private long version;

    /** For JPA. */
    protected HistoryRowId() {}

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HistoryRowId that && version == that.version && Objects.equals(circuit, that.circuit);
    }

    @Override
    public int hashCode() {
        return Objects.hash(circuit, version);
    }
}
