package dev.tidegate.store;

import dev.tidegate.core.Decision;

/** Which changes are pushed to the other instances. */
final class News {
    private News() {}

    /** A renewal is not: it comes as often as probes do, and only the lease's holder acts on it. */
    static boolean isWorthTelling(Decision decision) {
        return !(decision instanceof Decision.Renew);
    }
}
