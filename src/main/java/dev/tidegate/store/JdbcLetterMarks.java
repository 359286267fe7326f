package dev.tidegate.store;

import dev.tidegate.core.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/** Marks of dead letters in the database. Every answer is waited for at most the network timeout. Thread-safe. */
public final class JdbcLetterMarks implements LetterMarks {
    private static final String SELECT =
            "select letter, kind, actor, reason, at from tidegate_letter_mark where letter = ?";
    private static final String INSERT =
            "insert into tidegate_letter_mark (letter, kind, actor, reason, at) values (?, ?, ?, ?, clock_timestamp())";
    private static final String UPDATE = "update tidegate_letter_mark set kind = ?, actor = ?, reason = ?,"
            + " at = clock_timestamp() where letter = ?";
    private static final String DELETE = "delete from tidegate_letter_mark where letter = ? and kind = ?";

    private final DataSource source;
    private final Duration networkTimeout;

    /**
     * @param source used outside transactions
     * @param networkTimeout the longest to wait for the answer to one statement
     */
    public JdbcLetterMarks(DataSource source, Duration networkTimeout) {
        this.source = source;
        this.networkTimeout = networkTimeout;
    }

    @Override
    public Map<String, LetterMark> read(Collection<String> letters) throws StoreException {
        Map<String, LetterMark> found = new HashMap<>();
        try (Connection connection = BoundedConnection.open(source, networkTimeout);
                PreparedStatement select = connection.prepareStatement(SELECT)) {
            for (String letter : letters) {
                select.setString(1, letter);
                read(select, found);
            }
            return found;
        } catch (SQLException | RuntimeException error) {
            throw StoreErrors.unanswered("Reading what was done with dead letters", error);
        }
    }

    private static void read(PreparedStatement select, Map<String, LetterMark> to) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            if (row.next()) {
                String letter = row.getString(1);
                to.put(
                        letter,
                        new LetterMark(
                                letter,
                                LetterMark.Kind.valueOf(row.getString(2)),
                                row.getString(3),
                                row.getString(4),
                                InstantColumn.read(row.getObject(5))));
            }
        }
    }

    @Override
    public boolean createIfAbsent(LetterMark mark) throws StoreException {
        try (Connection connection = BoundedConnection.open(source, networkTimeout)) {
            return insert(connection, mark);
        } catch (SQLException | RuntimeException error) {
            if (StoreErrors.isUniqueViolation(error)) {
                return false;
            }
            throw unmarked(mark.letter(), error);
        }
    }

    private static boolean insert(Connection connection, LetterMark mark) throws SQLException {
        String sql = Dialect.of(connection).insertIfAbsent(INSERT, "letter");
        return update(
                        connection,
                        sql,
                        mark.letter(),
                        mark.kind().name(),
                        Storable.text(mark.actor()),
                        Storable.text(mark.reason()))
                > 0;
    }

    @Override
    public void replace(LetterMark mark) throws StoreException {
        if (createIfAbsent(mark)) {
            return;
        }
        change(
                mark.letter(),
                UPDATE,
                mark.kind().name(),
                Storable.text(mark.actor()),
                Storable.text(mark.reason()),
                mark.letter());
    }

    @Override
    public void remove(String letter, LetterMark.Kind kind) throws StoreException {
        change(letter, DELETE, letter, kind.name());
    }

    private void change(String letter, String sql, String... values) throws StoreException {
        try (Connection connection = BoundedConnection.open(source, networkTimeout)) {
            update(connection, sql, values);
        } catch (SQLException | RuntimeException error) {
            throw unmarked(letter, error);
        }
    }

    private static int update(Connection connection, String sql, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int index = 0; index < values.length; index++) {
                statement.setString(index + 1, values[index]);
            }
            return statement.executeUpdate();
        }
    }

    private static StoreException unmarked(String letter, Exception error) {
        return StoreErrors.unanswered("Marking dead letter " + letter, error);
    }
}
