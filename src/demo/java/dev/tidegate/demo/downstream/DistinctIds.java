package dev.tidegate.demo.downstream;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Counts different ids in bounded memory: exact as long as an id comes again before {@code limit} others have come.
 * Not thread-safe.
 */
final class DistinctIds {
    private final int limit;
    private final Set<String> latest = new LinkedHashSet<>();
    private long count;

    DistinctIds(int limit) {
        this.limit = limit;
    }

    void add(String id) {
        // Removed and added again, so that what comes often is forgotten last.
        if (!latest.remove(id)) {
            count++;
        }
        latest.add(id);
        if (latest.size() > limit) {
            Iterator<String> oldest = latest.iterator();
            oldest.next();
            oldest.remove();
        }
    }

    long count() {
        return count;
    }
}
