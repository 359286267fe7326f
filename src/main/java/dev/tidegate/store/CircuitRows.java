package dev.tidegate.store;

import dev.tidegate.core.CircuitName;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;

/** Inserts the rows of circuits that are new to the store. */
final class CircuitRows {
    private static final String INSERT = "insert into tidegate_circuit (name, version, epoch, token, state, since,"
            + " failed_rounds, cause, calls, failures, slow, writer)"
            + " values (?, 0, 0, 'created', 'CLOSED', clock_timestamp(), 0, 'CREATED', 0, 0, 0, '-')";

    private CircuitRows() {}

    static void insertMissing(StoreSession session, Set<CircuitName> circuits) throws SQLException {
        String insert = session.dialect().insertIfAbsent(INSERT, "name");
        try (PreparedStatement statement = session.connection().prepareStatement(insert)) {
            // In one order everywhere, so that two instances that start together cannot wait for each other.
            for (CircuitName circuit : new TreeSet<>(circuits)) {
                statement.setString(1, circuit.value());
                insertOne(statement);
            }
        }
    }

    private static void insertOne(PreparedStatement statement) throws SQLException {
        try {
            statement.executeUpdate();
        } catch (SQLException error) {
            if (!StoreErrors.isUniqueViolation(error)) {
                throw error;
            }
        }
    }
}
