package dev.tidegate.contract;

import dev.tidegate.core.StoreException;
import dev.tidegate.store.DrainerWishes;
import dev.tidegate.store.JdbcDrainerWishes;
import dev.tidegate.store.StoreDatabase;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class JdbcOnH2DrainerWishesTest extends DrainerWishesContract {
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
    protected DrainerWishes wishes() {
        return new JdbcDrainerWishes(database.source(), Duration.ofSeconds(1), null);
    }
}
