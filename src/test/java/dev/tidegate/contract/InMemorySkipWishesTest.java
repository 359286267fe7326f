package dev.tidegate.contract;

import dev.tidegate.store.InMemorySkipWishes;
import dev.tidegate.store.SkipWishes;
import java.time.InstantSource;

class InMemorySkipWishesTest extends SkipWishesContract {
    private final SkipWishes shared = new InMemorySkipWishes(InstantSource.system());

    @Override
    protected SkipWishes skips() {
        return shared;
    }
}
