package dev.tidegate.monitor;

/** What is known of the Kafka broker without asking it. Answers at once, from memory. Thread-safe. */
@FunctionalInterface
public interface BrokerWatch {
    /** Whether the latest question was answered, or nobody needs the broker. False before the first answer. */
    boolean isReachable();

    /** Whether anything here drains or publishes: an application may use circuits alone. */
    default boolean isNeeded() {
        return true;
    }

    /** How health and API call it: {@code UP}, {@code AWAY} or {@code UNUSED}. */
    default String word() {
        if (!isNeeded()) {
            return "UNUSED";
        }
        return isReachable() ? "UP" : "AWAY";
    }
}
