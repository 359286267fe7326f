package dev.tidegate.contract;

import dev.tidegate.core.StoreException;
import dev.tidegate.store.FleetTallies;
import dev.tidegate.store.JdbcFleetTallies;
import dev.tidegate.store.StoreDatabase;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class JdbcOnH2FleetTalliesTest extends FleetTalliesContract {
    private static StoreDatabase database;

    @BeforeAll
    static void open() throws StoreException {
        database = StoreDatabase.h2();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Override
    protected FleetTallies tallies() {
        return new JdbcFleetTallies(database.source(), Duration.ofSeconds(1));
    }
}
