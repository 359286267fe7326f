package dev.tidegate.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Properties;
import org.junit.jupiter.api.Test;

class DemoSettingsTest {
    private final Properties properties = new Properties();

    @Test
    void nothing_need_be_said() {
        DemoSettings settings = DemoSettings.from(properties);

        assertThat(settings.httpPort(1)).isEqualTo(9080);
        assertThat(settings.httpPort(2)).isEqualTo(9180);
        assertThat(settings.bootstrapServers()).isEqualTo("127.0.0.1:19092");
        assertThat(settings.downstreamUrl()).isEqualTo("http://127.0.0.1:9081");
        assertThat(settings.instances()).isEqualTo(1);
        assertThat(settings.database()).isEqualTo(DatabaseKind.POSTGRES);
        assertThat(settings.rate()).isEqualTo(5);
    }

    @Test
    void the_embedded_database_allows_one_instance_only() {
        properties.setProperty("demo.db", "h2");
        assertThat(DemoSettings.from(properties).database()).isEqualTo(DatabaseKind.H2);

        properties.setProperty("demo.instances", "2");
        assertThatThrownBy(() -> DemoSettings.from(properties))
                .isInstanceOf(DemoFailure.class)
                .hasMessageContaining("demo.db=h2")
                .hasMessageContaining("demo.instances=2");
    }

    @Test
    void all_complaints_are_told_together() {
        properties.setProperty("demo.http.port", "80");
        properties.setProperty("demo.rate", "many");
        properties.setProperty("demo.db", "oracle");
        properties.setProperty("demo.instance", "2");

        assertThatThrownBy(() -> DemoSettings.from(properties))
                .hasMessageContaining("demo.http.port=80 is not a whole number from 1024 to 65535.")
                .hasMessageContaining("demo.rate=many is not a whole number from 0 to 1000.")
                .hasMessageContaining("demo.db=oracle is none of: postgres, h2.")
                .hasMessageContaining("demo.instance is unknown. Known are demo.broker.port, demo.db,");
    }
}
