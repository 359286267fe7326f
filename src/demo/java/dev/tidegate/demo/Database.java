package dev.tidegate.demo;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.Map;

/** The PostgreSQL of one run. It detaches itself from the terminal, so Ctrl-C does not reach it. */
final class Database implements AutoCloseable {
    private final EmbeddedPostgres postgres;

    private Database(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    static Database start(DemoSettings settings, DemoDirectory directory) throws IOException {
        ProcessBuilder.Redirect log =
                ProcessBuilder.Redirect.appendTo(directory.path("postgres.log").toFile());
        return new Database(EmbeddedPostgres.builder()
                .setPort(settings.databasePort())
                .setDataDirectory(directory.path("postgres"))
                .setOutputRedirector(log)
                .setErrorRedirector(log)
                // Its own hook would end it before the servers that use it.
                .setRegisterShutdownHook(false)
                .start());
    }

    /** Without both time limits the product refuses a PostgreSQL at start. */
    static Map<String, String> environment(DemoSettings settings) {
        return Map.of(
                "DB_URL",
                "jdbc:postgresql://127.0.0.1:" + settings.databasePort() + "/postgres?connectTimeout=1&socketTimeout=1",
                "DB_USER",
                "postgres",
                "DB_PASSWORD",
                "postgres");
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }

    @Override
    public String toString() {
        return "PostgreSQL";
    }
}
