package dev.tidegate.store;

import java.sql.SQLException;

/** Writes a row that may be there or not, in the same words for every database. Outside transactions only. */
final class Upsert {
    private Upsert() {}

    /** One statement; how many rows it wrote. */
    @FunctionalInterface
    interface Step {
        int run() throws SQLException;
    }

    static void run(Step update, Step insert) throws SQLException {
        if (update.run() > 0) {
            return;
        }
        try {
            insert.run();
        } catch (SQLException error) {
            if (!StoreErrors.isUniqueViolation(error)) {
                throw error;
            }
            // Somebody inserted it between the two.
            update.run();
        }
    }
}
