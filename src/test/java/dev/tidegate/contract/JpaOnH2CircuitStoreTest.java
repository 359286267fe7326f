package dev.tidegate.contract;

import dev.tidegate.core.CircuitStore;
import dev.tidegate.core.StoreException;
import dev.tidegate.store.StoreDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class JpaOnH2CircuitStoreTest extends CircuitStoreContract {
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
    protected CircuitStore instance() {
        return database.store();
    }

    @Override
    protected boolean isPushed() {
        return false;
    }
}
