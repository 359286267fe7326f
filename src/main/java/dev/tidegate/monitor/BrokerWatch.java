package dev.tidegate.monitor;

/** What is known of the Kafka broker without asking it. Answers at once, from memory. Thread-safe. */
@FunctionalInterface
public interface BrokerWatch {
    /** Whether the latest question was answered. False before the first answer. */
    boolean isReachable();
}
