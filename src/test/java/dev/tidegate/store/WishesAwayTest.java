package dev.tidegate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tidegate.core.StoreException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether it is told for certain that a wish was not stored. */
class WishesAwayTest {
    private static final DrainerWish WISH = new DrainerWish("orders", 1, true, "anna", "why", Instant.EPOCH);
    private static final SkipWish SKIP = SkipWish.asked("id", "orders", "orders", 0, 7, null, "anna", "why");

    private StoreDatabase database;
    private SQLException onConnect;
    private SQLException onAnswer;

    @BeforeEach
    void open() throws StoreException {
        database = StoreDatabase.h2();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void without_a_connection_nothing_was_stored() {
        onConnect = new SQLException("the pool is empty");

        assertThat(failureOfPause()).isInstanceOf(NothingDoneException.class).hasMessageContaining("the pool is empty");
        assertThat(failureOfSkip()).isInstanceOf(NothingDoneException.class).hasMessageContaining("the pool is empty");
    }

    @Test
    void what_the_database_refused_was_not_stored() throws SQLException {
        database.execute("drop table tidegate_drainer_wish");
        database.execute("drop table tidegate_skip");

        assertThat(failureOfPause()).isInstanceOf(NothingDoneException.class);
        assertThat(failureOfSkip()).isInstanceOf(NothingDoneException.class);
    }

    @Test
    void a_connection_that_broke_before_the_answer_leaves_it_open() throws StoreException {
        onAnswer = new SQLException("An I/O error occurred while sending to the backend.", "08006");

        assertThat(failureOfPause()).isExactlyInstanceOf(StoreException.class);
        assertThat(failureOfSkip()).isExactlyInstanceOf(StoreException.class);
        assertThat(new JdbcDrainerWishes(database.source(), Duration.ofSeconds(1), null).read())
                .as("and it was stored")
                .containsKey("orders");
    }

    private Throwable failureOfPause() {
        return catchThrowable(() -> new JdbcDrainerWishes(faulty(), Duration.ofSeconds(1), null).write(WISH));
    }

    private Throwable failureOfSkip() {
        return catchThrowable(
                () -> new JdbcSkipWishes(faulty(), Duration.ofSeconds(1), null).ask(SKIP, Duration.ofMinutes(1)));
    }

    private DataSource faulty() {
        return proxy(DataSource.class, database.source(), (method, result) -> {
            if (onConnect != null) {
                throw onConnect;
            }
            return method.equals("getConnection") ? faulty((Connection) result) : result;
        });
    }

    private Connection faulty(Connection connection) {
        return proxy(
                Connection.class,
                connection,
                (method, result) -> result instanceof PreparedStatement statement ? faulty(statement) : result);
    }

    private PreparedStatement faulty(PreparedStatement statement) {
        return proxy(PreparedStatement.class, statement, (method, result) -> {
            boolean isWritten = method.equals("executeUpdate") && ((Integer) result) > 0;
            if (onAnswer != null && isWritten) {
                throw onAnswer;
            }
            return result;
        });
    }

    private interface After {
        Object answer(String method, Object result) throws SQLException;
    }

    private static <T> T proxy(Class<T> type, T target, After after) {
        Object made =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    try {
                        return after.answer(method.getName(), method.invoke(target, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return type.cast(made);
    }
}
