package dev.tidegate.demo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class DemoPortsTest {
    @Test
    void a_taken_port_is_named_with_the_property_that_moves_it() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            String port = Integer.toString(taken.getLocalPort());
            DemoPorts ports = new DemoPorts(settings("demo.downstream.port", port));

            assertThatThrownBy(ports::requireFree)
                    .isInstanceOf(DemoFailure.class)
                    .hasMessageContaining("Port " + port + ", meant for the downstream, is taken by another program."
                            + " Choose another with -Ddemo.downstream.port=<port>.");
        }
    }

    @Test
    void a_port_that_is_wanted_twice_is_named_with_both() {
        DemoPorts ports = new DemoPorts(settings("demo.downstream.port", "9080"));

        assertThatThrownBy(ports::requireFree)
                .hasMessageContaining("Port 9080 is wanted by Tidegate instance 1 and by the downstream.");
    }

    private static DemoSettings settings(String key, String value) {
        Properties properties = new Properties();
        properties.setProperty(key, value);
        return DemoSettings.from(properties);
    }
}
