package dev.tidegate.contract;

import dev.tidegate.core.StoreException;
import dev.tidegate.store.JdbcSkipWishes;
import dev.tidegate.store.SkipWishes;
import dev.tidegate.store.StoreDatabase;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class JdbcOnH2SkipWishesTest extends SkipWishesContract {
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
    protected SkipWishes skips() {
        return new JdbcSkipWishes(database.source(), Duration.ofSeconds(1), null);
    }
}
