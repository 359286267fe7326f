package dev.tidegate.drain;

/** Handles deliveries on a worker thread. Called by many threads at once, one per lane; an exception is a failure. */
@FunctionalInterface
public interface RecordProcessor {
    Outcome process(Delivery delivery) throws Exception;
}
