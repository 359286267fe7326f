package dev.tidegate.store;

import dev.tidegate.core.StoreException;
import dev.tidegate.fixture.PostgresServer;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class LostAnswersOnPostgresIT extends LostAnswers {
    private PostgresServer server;

    @BeforeEach
    void start(@TempDir Path directory) {
        server = PostgresServer.start(directory);
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Override
    StoreDatabase open(UnaryOperator<DataSource> faults) throws StoreException {
        return StoreDatabase.postgres(server, faults);
    }
}
