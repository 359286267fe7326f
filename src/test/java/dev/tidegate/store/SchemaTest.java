package dev.tidegate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.core.CircuitName;
import dev.tidegate.core.StoreException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

class SchemaTest {
    @Test
    void migrating_again_does_nothing() throws StoreException {
        try (StoreDatabase database = StoreDatabase.h2()) {
            database.store().create(Set.of(new CircuitName("payments")));

            new Schema(database.source()).migrate();

            assertThat(database.store().read().records()).hasSize(1);
        }
    }

    @Test
    void instances_that_start_at_once_on_an_empty_database_all_find_it_migrated() throws Exception {
        for (int round = 0; round < 20; round++) {
            startedTogether(h2("together-" + round));
        }
    }

    static void startedTogether(DataSource empty) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> starts = new ArrayList<>();
            for (int instance = 0; instance < 4; instance++) {
                starts.add(() -> {
                    new Schema(empty).migrate();
                    return true;
                });
            }
            for (Future<Boolean> each : threads.invokeAll(starts)) {
                assertThat(each.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void tables_of_another_application_are_left_alone_and_are_no_reason_to_refuse() throws Exception {
        DataSource shared = h2("shared");
        try (var connection = shared.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create table flyway_schema_history (theirs int)");
        }

        new Schema(shared).migrate();

        try (var connection = shared.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("insert into flyway_schema_history values (1)");
        }
    }

    @Test
    void a_database_that_is_away_is_told_in_one_readable_sentence() {
        JdbcDataSource away = new JdbcDataSource();
        away.setURL("jdbc:h2:tcp://127.0.0.1:1/none");

        assertThatThrownBy(() -> new Schema(away).migrate())
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("Migrating the store's schema failed: ")
                .hasMessageContaining("127.0.0.1:1");
    }

    @Test
    void a_row_that_breaks_the_protocol_is_refused_by_the_table_itself() throws StoreException {
        try (StoreDatabase database = StoreDatabase.h2()) {
            database.store().create(Set.of(new CircuitName("payments")));

            assertThatThrownBy(() -> database.execute("update tidegate_circuit set state = 'OPEN'"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("TIDEGATE_CIRCUIT_RETRY");
        }
    }

    private static DataSource h2(String name) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:schema-" + name + ";DB_CLOSE_DELAY=-1");
        source.setUser("sa");
        return source;
    }
}
