package dev.tidegate.store;

import dev.tidegate.core.StoreException;
import dev.tidegate.fixture.PostgresServer;
import dev.tidegate.fixture.TcpProxy;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import org.eclipse.persistence.sessions.DatabaseLogin;
import org.eclipse.persistence.sessions.Session;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A migrated database of a test, and the store over it as an instance sees it, without a server. */
public final class StoreDatabase implements AutoCloseable {
    private static final Duration NETWORK_TIMEOUT = Duration.ofSeconds(1);
    private static final int POOLED = 30;
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final JdbcConnectionPool pool;
    private final DataSource direct;
    private final EntityManagerFactory factory;

    private StoreDatabase(ConnectionPoolDataSource pooled, DataSource direct, UnaryOperator<DataSource> faults)
            throws StoreException {
        this.pool = JdbcConnectionPool.create(pooled);
        this.direct = direct;
        pool.setMaxConnections(POOLED);
        pool.setLoginTimeout(2);
        new Schema(direct).migrate();
        factory = entities(faults.apply(pool));
    }

    /** An H2 of its own in memory. */
    public static StoreDatabase h2() throws StoreException {
        return h2(UnaryOperator.identity());
    }

    static StoreDatabase h2(UnaryOperator<DataSource> faults) throws StoreException {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:store-" + NAMES.incrementAndGet() + ";DB_CLOSE_DELAY=-1");
        source.setUser("sa");
        return new StoreDatabase(source, source, faults);
    }

    /** The first database of a running server. */
    public static StoreDatabase postgres(PostgresServer server) throws StoreException {
        return postgres(server, UnaryOperator.identity());
    }

    static StoreDatabase postgres(PostgresServer server, UnaryOperator<DataSource> faults) throws StoreException {
        return postgres(server, server.port(), faults);
    }

    /** The first database of a running server, reached through a network that may misbehave. */
    static StoreDatabase postgres(PostgresServer server, TcpProxy network) throws StoreException {
        return postgres(server, network.port(), UnaryOperator.identity());
    }

    private static StoreDatabase postgres(PostgresServer server, int port, UnaryOperator<DataSource> faults)
            throws StoreException {
        // Without sslmode the driver tries a silent server twice, with and without TLS, each for the whole timeout.
        String url =
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres?connectTimeout=1&socketTimeout=1&sslmode=disable";
        PGConnectionPoolDataSource pooled = new PGConnectionPoolDataSource();
        pooled.setUrl(url);
        pooled.setUser(server.user());
        pooled.setPassword(server.password());
        PGSimpleDataSource direct = new PGSimpleDataSource();
        direct.setUrl(url);
        direct.setUser(server.user());
        direct.setPassword(server.password());
        return new StoreDatabase(pooled, direct, faults);
    }

    private static EntityManagerFactory entities(DataSource source) {
        Map<String, Object> asInPlainJava = new HashMap<>();
        asInPlainJava.put("jakarta.persistence.transactionType", "RESOURCE_LOCAL");
        asInPlainJava.put("jakarta.persistence.jtaDataSource", "");
        asInPlainJava.put("jakarta.persistence.nonJtaDataSource", source);
        // Otherwise all units of one name share one session, and with it the first one's data source.
        asInPlainJava.put("eclipselink.session-name", "session-" + NAMES.incrementAndGet());
        EntityManagerFactory factory = Persistence.createEntityManagerFactory("tidegate", asInPlainJava);
        DatabaseLogin login = (DatabaseLogin) factory.unwrap(Session.class).getDatasourceLogin();
        // Without a server's transactions EclipseLink itself tries to connect again, after five seconds each time.
        login.setQueryRetryAttemptCount(0);
        login.setDelayBetweenConnectionAttempts(0);
        login.setConnectionHealthValidatedOnError(false);
        return factory;
    }

    /** The store as one more instance has it; listens where there is a PostgreSQL. */
    public JpaCircuitStore store() {
        return new JpaCircuitStore(transactions(), NETWORK_TIMEOUT, push());
    }

    /** Transactions of plain Java over the pool. */
    public Transactions transactions() {
        return new LocalTransactions(factory);
    }

    /** What hears of changes, or {@code null} where the database cannot tell. */
    public PostgresListener push() {
        return direct instanceof PGSimpleDataSource
                ? new PostgresListener(direct, StoreDatabase::daemon, PostgresListener.Timing.DEFAULTS)
                : null;
    }

    static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "listener");
        thread.setDaemon(true);
        return thread;
    }

    /** Connections outside the pool. */
    public DataSource source() {
        return direct;
    }

    /** Nobody gets a connection of the pool until that is closed. */
    AutoCloseable exhaust() throws SQLException {
        Connection taken = pool.getConnection();
        pool.setMaxConnections(1);
        return () -> {
            pool.setMaxConnections(POOLED);
            taken.close();
        };
    }

    void execute(String sql) throws SQLException {
        try (var connection = direct.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        factory.close();
        pool.dispose();
    }
}
