package dev.tidegate.contract;

import dev.tidegate.core.StoreException;
import dev.tidegate.store.InstanceReports;
import dev.tidegate.store.JdbcInstanceReports;
import dev.tidegate.store.StoreDatabase;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class JdbcOnH2InstanceReportsTest extends InstanceReportsContract {
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
    protected InstanceReports reports() {
        return new JdbcInstanceReports(database.source(), Duration.ofSeconds(1));
    }
}
