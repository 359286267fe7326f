package dev.tidegate.core;

import java.time.Instant;

/** How an instance's local state joins the row, both of one epoch, when the store is back: a pure function. */
enum OutageMerge {
    /** The row says it all: act by it. */
    ADOPT,
    /** Both are closed: nothing is written, the window lives on. */
    KEEP,
    /** Closed here, open there: claim and close, while calls go on. */
    CLAIM_AND_CLOSE,
    /** Closed here under a lease that still holds: close. */
    CLOSE;

    static OutageMerge of(AutomaticState local, CircuitRecord row, boolean isOwnLease, Instant storeNow) {
        if (local != AutomaticState.CLOSED) {
            return ADOPT;
        }
        return switch (row.state()) {
            case CLOSED -> KEEP;
            case OPEN -> CLAIM_AND_CLOSE;
            case HALF_OPEN -> underLease(row, isOwnLease, storeNow);
        };
    }

    private static OutageMerge underLease(CircuitRecord row, boolean isOwnLease, Instant storeNow) {
        boolean isValid = row.lease() != null && row.lease().isValidAt(storeNow);
        if (!isValid) {
            return CLAIM_AND_CLOSE;
        }
        return isOwnLease ? CLOSE : ADOPT;
    }
}
