package dev.tidegate.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * What the person chose with {@code -Ddemo.*}.
 *
 * @param httpPort of the first instance; instance n listens 100·(n−1) above
 * @param brokerPort of the broker's clients; its controller listens one above
 * @param instances running servers, 1 to 9
 * @param rate records a second for each topic, 0 (none) to 1,000
 * @param startTimeout how long one server may take until it is ready
 */
record DemoSettings(
        int httpPort,
        int brokerPort,
        int downstreamPort,
        int databasePort,
        int instances,
        DatabaseKind database,
        int rate,
        Duration startTimeout) {

    /** @throws DemoFailure if a value is not allowed or a {@code demo.*} key is unknown; all complaints at once */
    static DemoSettings from(Properties properties) {
        DemoProperties read = new DemoProperties(properties);
        DemoSettings settings = new DemoSettings(
                read.number("demo.http.port", 9080, 1024, 65_535),
                read.number("demo.broker.port", 19_092, 1024, 65_534),
                read.number("demo.downstream.port", 9081, 1024, 65_535),
                read.number("demo.db.port", 15_432, 1024, 65_535),
                read.number("demo.instances", 1, 1, 9),
                read.oneOf("demo.db", DatabaseKind.POSTGRES),
                read.number("demo.rate", 5, 0, 1000),
                Duration.ofSeconds(read.number("demo.start-timeout", 240, 10, 3600)));
        List<String> complaints = new ArrayList<>(read.complaints());
        settings.addContradictions(complaints);
        if (!complaints.isEmpty()) {
            throw DemoFailure.of(complaints);
        }
        return settings;
    }

    private void addContradictions(List<String> complaints) {
        if (database == DatabaseKind.H2 && instances > 1) {
            complaints.add("demo.db=h2 is a file that one server opens, so it allows one instance, but demo.instances="
                    + instances + ". Leave out -Ddemo.db=h2 (PostgreSQL), or say -Ddemo.instances=1.");
        }
        if (httpPort(instances) > 65_535) {
            complaints.add("demo.http.port=" + httpPort + " puts instance " + instances + " on port "
                    + httpPort(instances) + ", above 65535. Choose a lower -Ddemo.http.port=<port>.");
        }
    }

    /** @param instance 1 for the first */
    int httpPort(int instance) {
        return httpPort + 100 * (instance - 1);
    }

    int controllerPort() {
        return brokerPort + 1;
    }

    String bootstrapServers() {
        return "127.0.0.1:" + brokerPort;
    }

    String downstreamUrl() {
        return "http://127.0.0.1:" + downstreamPort;
    }
}
