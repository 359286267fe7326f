package dev.tidegate.benchmark.news;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Who of the fleet has heard of which edge, and when the last one did. Thread-safe. */
final class Board {
    private static final int LONGEST_SECONDS = 60;

    private record Edge(String circuit, long epoch) {}

    /** One edge on its way to so many instances. */
    static final class Expected {
        private final CountDownLatch missing;
        private final boolean isRefusal;
        private long lastNanos;
        private StagedStore.Read lastRead;

        private Expected(int instances, boolean isRefusal) {
            this.missing = new CountDownLatch(instances);
            this.isRefusal = isRefusal;
        }

        private synchronized void heard(long nanos, StagedStore.Read read) {
            if (lastRead == null || nanos - lastNanos > 0) {
                lastNanos = nanos;
                lastRead = read;
            }
            missing.countDown();
        }

        void await() throws InterruptedException {
            if (!missing.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(missing.getCount() + " instances did not hear of an edge");
            }
        }

        /** When the last instance had followed; and the read by which that one did. */
        synchronized long lastNanos() {
            return lastNanos;
        }

        synchronized StagedStore.Read lastRead() {
            return lastRead;
        }
    }

    private final int instances;
    private final Map<Edge, Expected> edges = new ConcurrentHashMap<>();

    Board(int instances) {
        this.instances = instances;
    }

    /** To be asked for before the edge is written. */
    Expected expect(String circuit, long epoch, boolean isRefusal) {
        Expected expected = new Expected(instances, isRefusal);
        edges.put(new Edge(circuit, epoch), expected);
        return expected;
    }

    void heard(String circuit, long epoch, boolean isRefused, long nanos, StagedStore.Read read) {
        Expected expected = edges.get(new Edge(circuit, epoch));
        if (expected != null && expected.isRefusal == isRefused) {
            expected.heard(nanos, read);
        }
    }
}
