package dev.tidegate.contract;

import dev.tidegate.core.StoreException;
import dev.tidegate.store.JdbcLetterMarks;
import dev.tidegate.store.LetterMarks;
import dev.tidegate.store.StoreDatabase;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class JdbcOnH2LetterMarksTest extends LetterMarksContract {
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
    protected LetterMarks marks() {
        return new JdbcLetterMarks(database.source(), Duration.ofSeconds(1));
    }
}
