package dev.tidegate.contract;

import dev.tidegate.store.FleetTallies;
import dev.tidegate.store.InMemoryFleetTallies;
import java.time.InstantSource;

class InMemoryFleetTalliesTest extends FleetTalliesContract {
    private final FleetTallies shared = new InMemoryFleetTallies(InstantSource.system());

    @Override
    protected FleetTallies tallies() {
        return shared;
    }
}
