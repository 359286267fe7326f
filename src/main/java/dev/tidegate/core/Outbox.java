package dev.tidegate.core;

/** Where decisions leave for the store, once the breaker's lock is left. */
interface Outbox {
    void send(Decision decision);
}
