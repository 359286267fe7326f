package dev.tidegate.store;

import dev.tidegate.core.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;

/**
 * Brings the database's tables to what this version needs, by the migrations in {@code db/tidegate}. Its own book-keeping
 * table is {@code tidegate_schema_history}, so that it may share a database with an application that migrates itself.
 * Several instances may run it at once: one works, the others wait. Thread-safe.
 */
public final class Schema {
    private static final System.Logger LOG = System.getLogger(Schema.class.getName());
    private static final int MOST_TRIES = 3;
    private static final String LOCATION = "classpath:db/tidegate/";

    private final DataSource source;

    public Schema(DataSource source) {
        this.source = source;
    }

    /**
     * Does what is missing, nothing if nothing is.
     *
     * @throws StoreException if the database is away, or the migration failed; it may be called again
     */
    public void migrate() throws StoreException {
        try {
            if (dialect() == Dialect.POSTGRESQL) {
                bringUpToDate();
            } else {
                inTurn();
            }
        } catch (SQLException | RuntimeException error) {
            throw StoreErrors.unanswered("Migrating the store's schema", error);
        }
    }

    /**
     * Flyway locks the rows of its table, and on H2 an empty one locks nobody out: two would run the first migration at
     * once, and the one that fails writes a mark that only a person may remove. H2 lives in one process, so those in it
     * take turns.
     */
    private void inTurn() throws SQLException {
        synchronized (Schema.class) {
            bringUpToDate();
        }
    }

    private void bringUpToDate() throws SQLException {
        Flyway flyway = flyway();
        if (flyway.info().all().length == 0) {
            throw new FlywayException("the migrations are not on the class path under " + LOCATION
                    + " (is a file flyway.location missing in one of its folders?)");
        }
        MigrateResult result = migrated(flyway);
        LOG.log(
                System.Logger.Level.INFO,
                "Schema is at version {0}, {1} migrations were applied",
                result.targetSchemaVersion == null ? result.initialSchemaVersion : result.targetSchemaVersion,
                result.migrationsExecuted);
    }

    private static MigrateResult migrated(Flyway flyway) {
        for (int tries = 1; ; tries++) {
            try {
                return flyway.migrate();
            } catch (FlywayException error) {
                // Flyway takes its lock only after it has made its table: of several that start on an empty database
                // one makes it under the others' eyes, and those find it by looking again.
                if (tries == MOST_TRIES) {
                    throw error;
                }
            }
        }
    }

    private Flyway flyway() throws SQLException {
        return Flyway.configure(Schema.class.getClassLoader())
                .dataSource(source)
                .table("tidegate_schema_history")
                .locations(locations().toArray(String[]::new))
                .callbackLocations(LOCATION + "common")
                // Tables of somebody else in the same schema are no reason to refuse; version 0 is before our first.
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load();
    }

    private List<String> locations() throws SQLException {
        List<String> locations = new ArrayList<>(List.of(LOCATION + "common"));
        if (dialect() == Dialect.H2) {
            locations.add(LOCATION + "h2");
        }
        return locations;
    }

    private Dialect dialect() throws SQLException {
        try (Connection connection = source.getConnection()) {
            return Dialect.of(connection);
        }
    }
}
