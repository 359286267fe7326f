package dev.tidegate.publish;

import java.util.concurrent.CompletionStage;

/** Sends dead letters. Safe for use by many threads; holds the caller no longer than it takes to hand the letter over. */
public interface DeadLetterSender extends AutoCloseable {
    /** Sends one letter and tells what became of it; never completes exceptionally. One call sends at most one copy. */
    CompletionStage<DeadLetterResult> send(DeadLetter letter);

    /** Gives up what is not acknowledged within the sender's delivery timeout, and closes its client. */
    @Override
    void close();
}
