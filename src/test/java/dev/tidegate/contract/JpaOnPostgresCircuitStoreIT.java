package dev.tidegate.contract;

import dev.tidegate.core.CircuitStore;
import dev.tidegate.core.StoreException;
import dev.tidegate.fixture.Ports;
import dev.tidegate.store.StoreDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class JpaOnPostgresCircuitStoreIT extends CircuitStoreContract {
    private static EmbeddedPostgres server;
    private static StoreDatabase database;

    @BeforeAll
    static void open() throws IOException, StoreException {
        server = EmbeddedPostgres.builder().setPort(Ports.free()).start();
        database = StoreDatabase.postgres(server.getJdbcUrl("postgres", "postgres"));
    }

    @AfterAll
    static void close() throws IOException {
        database.close();
        server.close();
    }

    @Override
    protected CircuitStore instance() {
        return database.store();
    }

    @Override
    protected boolean isPushed() {
        return true;
    }
}
