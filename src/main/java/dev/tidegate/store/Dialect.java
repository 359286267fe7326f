package dev.tidegate.store;

import java.sql.Connection;
import java.sql.SQLException;

/** What the supported databases do not do alike. */
enum Dialect {
    POSTGRESQL,
    H2;

    /** Asks the driver, not the database: no round trip. */
    static Dialect of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product) {
            case "PostgreSQL" -> POSTGRESQL;
            case "H2" -> H2;
            default ->
                throw new SQLException("The store cannot be kept in " + product
                        + ": supported are PostgreSQL, and H2 for a single instance");
        };
    }

    /** An insert of a row that may be there already. */
    String insertIfAbsent(String insert, String key) {
        // H2 refuses a doubled key with an error that leaves the transaction usable; PostgreSQL's would end it.
        return this == POSTGRESQL ? insert + " on conflict (" + key + ") do nothing" : insert;
    }
}
