package dev.tidegate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.fixture.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresServerIT {
    @TempDir
    private Path directory;

    @Test
    void a_killed_server_comes_back_on_the_same_port_with_what_was_committed() throws Exception {
        try (PostgresServer server = PostgresServer.start(directory)) {
            execute(server, "create table kept (n int)");
            execute(server, "insert into kept values (41)");

            server.kill();
            assertThatThrownBy(() -> execute(server, "select 1")).isInstanceOf(SQLException.class);
            server.start();

            assertThat(number(server, "select n from kept")).isEqualTo(41);
        }
    }

    @Test
    void a_frozen_server_keeps_a_connection_open_until_its_time_limit_and_answers_when_thawed() throws Exception {
        try (PostgresServer server = PostgresServer.start(directory)) {
            server.freeze();
            assertThatThrownBy(() -> execute(server, "select 1")).isInstanceOf(SQLException.class);

            server.thaw();

            assertThat(number(server, "select 1")).isEqualTo(1);
        }
    }

    private static void execute(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int number(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = connect(server);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getInt(1);
        }
    }

    private static Connection connect(PostgresServer server) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
    }
}
