package dev.tidegate.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.Test;

class TidegateEnvironmentTest {
    @Test
    void each_line_has_its_drainer_group_and_publisher() {
        assertThat(TidegateEnvironment.of(DemoSettings.from(new Properties())))
                .containsEntry("TIDEGATE_DRAINERS", "orders,payments,shipping,stock,mail")
                .containsEntry("TIDEGATE_DRAINER_STOCK_TOPICS", "stock")
                .containsEntry("TIDEGATE_DRAINER_STOCK_GROUP", "demo-stock")
                .containsEntry("TIDEGATE_DRAINER_STOCK_PUBLISHER", "stock-done")
                .containsEntry("TIDEGATE_PUBLISHER_STOCK_DONE_TOPIC", "stock-done")
                .containsEntry("TIDEGATE_DOWNSTREAM_DEFAULT_BASE_URL", "http://127.0.0.1:9081")
                .containsEntry("TIDEGATE_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:19092");
    }
}
