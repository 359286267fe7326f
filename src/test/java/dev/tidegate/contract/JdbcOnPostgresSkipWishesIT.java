package dev.tidegate.contract;

import dev.tidegate.core.StoreException;
import dev.tidegate.fixture.PostgresServer;
import dev.tidegate.store.JdbcSkipWishes;
import dev.tidegate.store.SkipWishes;
import dev.tidegate.store.StoreDatabase;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class JdbcOnPostgresSkipWishesIT extends SkipWishesContract {
    private static PostgresServer server;
    private static StoreDatabase database;

    @BeforeAll
    static void open(@TempDir Path directory) throws StoreException {
        server = PostgresServer.start(directory);
        database = StoreDatabase.postgres(server);
    }

    @AfterAll
    static void close() {
        database.close();
        server.close();
    }

    @Override
    protected SkipWishes skips() {
        return new JdbcSkipWishes(database.source(), Duration.ofSeconds(1), null);
    }
}
