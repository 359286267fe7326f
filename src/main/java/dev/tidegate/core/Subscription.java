package dev.tidegate.core;

/** Ends what was begun by listening; ending it twice does nothing. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {
    @Override
    void close();
}
