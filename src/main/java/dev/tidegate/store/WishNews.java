package dev.tidegate.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Tells the other instances that something new is wished. */
final class WishNews {
    private static final System.Logger LOG = System.getLogger(WishNews.class.getName());

    private WishNews() {}

    /** After what is wished was stored, which stays so if this fails: then the others learn of it by their polls. */
    static void tell(Connection connection, String drainer) {
        try {
            if (Dialect.of(connection) == Dialect.POSTGRESQL) {
                notify(connection, drainer);
            }
        } catch (SQLException error) {
            LOG.log(System.Logger.Level.DEBUG, "A wish was stored and not told; polls find it", error);
        }
    }

    private static void notify(Connection connection, String drainer) throws SQLException {
        try (PreparedStatement announce = connection.prepareStatement("select pg_notify(?, ?)")) {
            announce.setString(1, PostgresListener.WISHES);
            announce.setString(2, drainer);
            announce.execute();
        }
    }
}
