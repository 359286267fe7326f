package dev.tidegate.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Edges of this instance whose answer never came and that nobody submits again: each may be written all the same, and a row
 * that carries its token shows it. Guarded by the breaker's lock.
 */
final class Unheard {
    private final List<Decision> edges = new ArrayList<>();

    /** Its answer did not come. */
    void add(Decision decision) {
        if (decision.isEdge()) {
            edges.add(decision);
        }
    }

    /** It is submitted again: the answer to that will tell. */
    void remove(Decision decision) {
        edges.remove(decision);
    }

    /** The edge that made this row, once; what can no longer be shown by a row is forgotten. */
    @Nullable
    Decision shownBy(CircuitRecord row) {
        if (edges.isEmpty()) {
            return null;
        }
        Decision shown = edges.stream()
                .filter(edge -> edge.token().equals(row.fence().token()))
                .findFirst()
                .orElse(null);
        edges.removeIf(edge -> edge.base().epoch() < row.epoch());
        return shown;
    }
}
