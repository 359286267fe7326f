package dev.tidegate.contract;

import dev.tidegate.store.DrainerWishes;
import dev.tidegate.store.InMemoryDrainerWishes;
import java.time.InstantSource;

class InMemoryDrainerWishesTest extends DrainerWishesContract {
    private final DrainerWishes shared = new InMemoryDrainerWishes(InstantSource.system());

    @Override
    protected DrainerWishes wishes() {
        return shared;
    }
}
