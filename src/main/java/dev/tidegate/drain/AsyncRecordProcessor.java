package dev.tidegate.drain;

import java.util.concurrent.CompletionStage;

/** Handles deliveries without holding a thread: must return soon and complete the stage later; an exception is a failure. */
@FunctionalInterface
public interface AsyncRecordProcessor {
    CompletionStage<Outcome> process(Delivery delivery);
}
