package dev.tidegate.store;

import dev.tidegate.core.CircuitRecord;
import dev.tidegate.core.CircuitStore;
import dev.tidegate.core.Decision;
import dev.tidegate.core.HistoryEntry;
import dev.tidegate.core.StoreException;
import dev.tidegate.core.StoreView;
import dev.tidegate.core.Submission;
import dev.tidegate.core.Ticker;
import dev.tidegate.core.WriteResult;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes one decision at most three times in a row, always the same one with the same token, and finds out what became of
 * an answer that was lost: the history tells whose edge made the next epoch, and by its token whether a change of an override
 * was written. Thread-safe.
 */
final class DecisionWriter {
    private static final int MOST_TRIES = 3;
    private static final int NEWEST_ENTRIES = 100;

    private final CircuitStore store;
    private final Ticker ticker;

    DecisionWriter(CircuitStore store, Ticker ticker) {
        this.store = store;
        this.ticker = ticker;
    }

    /** @throws StoreException if the store is away, or takes no writes */
    Submission write(Decision decision) throws StoreException {
        Exception unknown = null;
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            WriteResult result = store.write(decision);
            if (result instanceof WriteResult.Committed committed) {
                return new Submission.Applied(committed.row(), committed.storeNow(), ticker.nanos());
            }
            if (result instanceof WriteResult.Lost lost) {
                return lost(decision, lost);
            }
            if (result instanceof WriteResult.Unknown answerLost) {
                unknown = answerLost.error();
                Submission found = findOut(decision);
                if (found != null) {
                    return found;
                }
            }
        }
        if (unknown != null) {
            throw new WritesRefusedException(unknown);
        }
        return new Submission.Deferred();
    }

    // The row moved: it may have been by this very decision, submitted before, whose answer was lost.
    private Submission lost(Decision decision, WriteResult.Lost lost) throws StoreException {
        if (isOwn(decision)) {
            return new Submission.Applied(lost.row(), lost.storeNow(), ticker.nanos());
        }
        return new Submission.Lost(lost.row(), lost.storeNow(), ticker.nanos(), lost.why());
    }

    private @Nullable Submission findOut(Decision decision) throws StoreException {
        if (isOfOverride(decision)) {
            return findOutOverride(decision);
        }
        if (!decision.isEdge()) {
            return null;
        }
        Optional<HistoryEntry> edge = store.edge(decision.circuit(), epochMade(decision));
        StoreView view = store.read();
        CircuitRecord row = view.records().get(decision.circuit());
        if (row == null) {
            // Of a circuit that is so new that its row is still being made: the next poll submits again.
            return new Submission.Deferred();
        }
        if (edge.isPresent() && edge.get().token().equals(decision.token())) {
            return new Submission.Applied(row, view.storeNow(), ticker.nanos());
        }
        if (edge.isEmpty() && row.fence().equals(decision.base())) {
            return null;
        }
        // The commit in limbo may have landed between the two reads: whose edge it was is asked once more.
        return edge.isEmpty() && isOwnEdge(decision)
                ? new Submission.Applied(row, view.storeNow(), ticker.nanos())
                : new Submission.Lost(row, view.storeNow(), ticker.nanos(), "another edge was written first");
    }

    // Where it is not found it may be submitted again: it compares the id of the override that it was made for.
    private @Nullable Submission findOutOverride(Decision decision) throws StoreException {
        if (!isOwnChange(decision)) {
            return null;
        }
        StoreView view = store.read();
        CircuitRecord row = view.records().get(decision.circuit());
        return row == null ? new Submission.Deferred() : new Submission.Applied(row, view.storeNow(), ticker.nanos());
    }

    private boolean isOwn(Decision decision) throws StoreException {
        if (isOfOverride(decision)) {
            return isOwnChange(decision);
        }
        return decision.isEdge() && isOwnEdge(decision);
    }

    private static boolean isOfOverride(Decision decision) {
        return decision instanceof Decision.SetOverride || decision instanceof Decision.EndOverride;
    }

    // Tried moments ago, so it is among the newest or nowhere.
    private boolean isOwnChange(Decision decision) throws StoreException {
        return store.history(decision.circuit(), NEWEST_ENTRIES, null).stream()
                .anyMatch(entry -> entry.token().equals(decision.token()));
    }

    private boolean isOwnEdge(Decision decision) throws StoreException {
        return store.edge(decision.circuit(), epochMade(decision))
                .filter(entry -> entry.token().equals(decision.token()))
                .isPresent();
    }

    private static long epochMade(Decision decision) {
        long from = decision instanceof Decision.Restore restore
                ? restore.greatestEpochSeen()
                : decision.base().epoch();
        return from + 1;
    }
}
