package dev.tidegate.drain.wish;

import org.jspecify.annotations.Nullable;

/**
 * What became of what an operator wanted.
 *
 * @param <W> what is stored of it
 */
public sealed interface WishAnswer<W> {
    /** It is stored; so every instance that it concerns will act by it, and this one did already if it does. */
    record Done<W>(W wish) implements WishAnswer<W> {}

    /**
     * Nothing was changed: another operator's wish came first.
     *
     * @param wish that one, or {@code null} if it could not be read
     * @param why for people
     */
    record Outdated<W>(@Nullable W wish, String why) implements WishAnswer<W> {}

    /**
     * Nothing was changed: the store is away, or refused.
     *
     * @param why for people
     */
    record NotDone<W>(String why) implements WishAnswer<W> {}

    /**
     * The answer never came: it may be stored or not. Look before trying again.
     *
     * @param why for people
     */
    record NotKnown<W>(String why) implements WishAnswer<W> {}
}
