package dev.tidegate.benchmark.news;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/** What was measured with so many instances, one way. */
final class Delays {
    /** One trip, all in nanoseconds of {@link System#nanoTime}; the read is that of the instance that was last. */
    record Trip(long askedNanos, long answeredNanos, StagedStore.Read read, long refusedNanos) {
        private long sinceAsked() {
            return refusedNanos - askedNanos;
        }

        private long sinceAnswered() {
            return refusedNanos - answeredNanos;
        }
    }

    private final String name;
    private final List<Trip> trips = new ArrayList<>();

    Delays(String name) {
        this.name = name;
    }

    void add(Trip trip) {
        trips.add(trip);
    }

    static String header() {
        return String.format(
                "%n%-22s %6s | %-26s | %-26s%n%-22s %6s | %8s %8s %8s | %8s %8s %8s%n",
                "ms until all refuse,",
                "",
                "since commit was asked for",
                "since commit was answered",
                "instances and way",
                "trips",
                "p50",
                "p99",
                "max",
                "p50",
                "p99",
                "max");
    }

    String row() {
        return String.format(
                Locale.ROOT,
                "%-22s %6d | %8.2f %8.2f %8.2f | %8.2f %8.2f %8.2f%n",
                name,
                trips.size(),
                millis(Trip::sinceAsked, 0.5),
                millis(Trip::sinceAsked, 0.99),
                millis(Trip::sinceAsked, 1),
                millis(Trip::sinceAnswered, 0.5),
                millis(Trip::sinceAnswered, 0.99),
                millis(Trip::sinceAnswered, 1));
    }

    /** Where the time goes on the instance that is last; makes no sense where news are polled for. */
    String stages() {
        return stages(0.5) + stages(0.99);
    }

    private String stages(double share) {
        return String.format(
                Locale.ROOT,
                "%-22s p%02.0f of each: commit %.2f, asked to news %.2f, to the read %.2f, read %.2f, follow %.2f ms%n",
                name,
                share * 100,
                millis(trip -> trip.answeredNanos() - trip.askedNanos(), share),
                millis(trip -> trip.read().newsNanos() - trip.askedNanos(), share),
                millis(trip -> trip.read().beganNanos() - trip.read().newsNanos(), share),
                millis(trip -> trip.read().endedNanos() - trip.read().beganNanos(), share),
                millis(trip -> trip.refusedNanos() - trip.read().endedNanos(), share));
    }

    private double millis(ToLongFunction<Trip> nanos, double share) {
        long[] sorted = trips.stream().mapToLong(nanos).sorted().toArray();
        int at = (int) Math.ceil(share * sorted.length) - 1;
        return sorted[Math.max(0, at)] / 1e6;
    }
}
