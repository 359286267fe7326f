package dev.tidegate.drain;

import java.util.concurrent.CompletionStage;

/** The service behind the {@code http} processor; a bean of the application may take its place. */
public interface Downstream {
    /** Sends one delivery; a broken connection or a timeout completes the stage exceptionally. */
    CompletionStage<Answer> send(Delivery delivery);

    /** Whether the service says of itself that it is well. */
    CompletionStage<Boolean> healthy();
}
