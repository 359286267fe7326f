package dev.tidegate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildLogTest {
    @TempDir
    private Path directory;

    @Test
    void the_first_error_stands_before_the_last_lines() throws IOException {
        ChildLog log = log("I FFDC1015I: An incident: \"java.lang.Exception: x\"\n"
                + "E CWWKZ0002E: An exception occurred while starting the application\n"
                + "A CWWKF0011I: ready\n".repeat(40));

        assertThat(log.hopeless()).contains("E CWWKZ0002E: An exception occurred while starting the application");
        assertThat(log.tail().lines())
                .hasSize(32)
                .first()
                .isEqualTo("First error: E CWWKZ0002E: An exception occurred while starting the application");
    }

    @Test
    void a_log_without_an_error_gives_hope() throws IOException {
        ChildLog log = log("A CWWKE0001I: The server has been launched.\n");

        assertThat(log.hopeless()).isEmpty();
        assertThat(log.tail().lines()).hasSize(2);
    }

    private ChildLog log(String text) throws IOException {
        return new ChildLog(Files.writeString(directory.resolve("server.log"), text));
    }
}
