package dev.tidegate.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.core.CircuitName;
import dev.tidegate.core.StoreException;
import dev.tidegate.core.StoreView;
import dev.tidegate.fixture.PostgresServer;
import dev.tidegate.fixture.RunLength;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** Eight instances that meet an empty PostgreSQL at the same moment, each with the time limits of a product's connection. */
class EmptySchemaIT {
    private static final int INSTANCES = 8;
    private static final int ROUNDS = RunLength.of(3, 20);
    private static final int LIMIT_SECONDS = 60;
    private static final List<CircuitName> CIRCUITS = IntStream.range(0, 20)
            .mapToObj(number -> new CircuitName("circuit-" + number))
            .toList();

    private final ExecutorService threads = Executors.newFixedThreadPool(INSTANCES);
    private final CyclicBarrier together = new CyclicBarrier(INSTANCES);
    private PostgresServer server;

    @BeforeEach
    void start(@TempDir Path directory) {
        server = PostgresServer.start(directory);
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
        server.close();
    }

    @Test
    void all_find_one_schema_and_one_row_for_each_circuit_and_none_is_told_of_an_error() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            execute("drop schema public cascade");
            execute("create schema public");

            for (StoreView seen : allStart(round)) {
                assertThat(seen.records()).containsOnlyKeys(CIRCUITS);
                assertThat(seen.records().values()).allMatch(row -> row.epoch() == 0 && row.version() == 0);
            }

            assertThat(count("select count(*) from tidegate_circuit")).isEqualTo(CIRCUITS.size());
            assertThat(count("select count(*) - count(distinct coalesce(version, '-')) from tidegate_schema_history"))
                    .as("migrations that ran twice")
                    .isZero();
            assertThat(count("select count(*) from tidegate_schema_history where not success"))
                    .as("migrations that failed")
                    .isZero();
        }
    }

    @Test
    void a_migration_gives_no_connection_back_in_the_midst_of_a_transaction() throws Exception {
        List<String> givenBack = Collections.synchronizedList(new ArrayList<>());

        new Schema(watched(givenBack, true)).migrate();
        new Schema(watched(givenBack, false)).migrate();

        assertThat(givenBack).isNotEmpty().containsOnly("idle");
    }

    /** Connections as a pool hands them out; notes what the server says of each when it is given back. */
    private DataSource watched(List<String> givenBack, boolean isAutoCommit) {
        Class<?>[] source = {DataSource.class};
        ClassLoader loader = DataSource.class.getClassLoader();
        return (DataSource) Proxy.newProxyInstance(loader, source, (proxy, asked, none) -> {
            Connection real = server.dataSource().getConnection();
            real.setAutoCommit(isAutoCommit);
            int pid = real.unwrap(PGConnection.class).getBackendPID();
            Class<?>[] connection = {Connection.class};
            return Proxy.newProxyInstance(loader, connection, (handle, method, values) -> {
                if (method.getName().equals("close")) {
                    givenBack.add(text("select state from pg_stat_activity where pid = " + pid));
                }
                try {
                    return method.invoke(real, values);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            });
        });
    }

    private String text(String sql) throws SQLException {
        try (Connection connection = server.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : "gone";
        }
    }

    private List<StoreView> allStart(int seed) throws Exception {
        List<Future<StoreView>> starts = new ArrayList<>();
        for (int instance = 0; instance < INSTANCES; instance++) {
            Random random = new Random(seed * 100L + instance);
            starts.add(threads.submit(() -> start(random)));
        }
        List<StoreView> seen = new ArrayList<>();
        for (Future<StoreView> start : starts) {
            seen.add(start.get(LIMIT_SECONDS, TimeUnit.SECONDS));
        }
        return seen;
    }

    /** The tables, then the rows in an order of this instance's own: as the product's start does it. */
    private StoreView start(Random random) throws Exception {
        List<CircuitName> shuffled = new ArrayList<>(CIRCUITS);
        Collections.shuffle(shuffled, random);
        Set<CircuitName> ordered = new LinkedHashSet<>(shuffled);
        together.await(LIMIT_SECONDS, TimeUnit.SECONDS);
        try (StoreDatabase database = StoreDatabase.postgres(server)) {
            together.await(LIMIT_SECONDS, TimeUnit.SECONDS);
            database.store().create(ordered);
            return database.store().read();
        } catch (StoreException told) {
            throw new AssertionError("an instance was told of an error at its start", told);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = server.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long count(String sql) throws SQLException {
        try (Connection connection = server.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
