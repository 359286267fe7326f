package dev.tidegate.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A single-node KRaft broker in a JVM of its own, on an empty directory. */
final class Broker {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private Broker() {}

    static Child start(DemoSettings settings, DemoDirectory directory, String classPath) throws IOException {
        Path properties = directory.path("broker.properties");
        Files.writeString(properties, configuration(settings, directory.path("kafka")));
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms64m",
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                BrokerMain.class.getName(),
                properties.toString());
        return Child.start(
                "the broker", command, Map.of("CLASSPATH", classPath), directory.path("broker.log"), PATIENCE);
    }

    private static String configuration(DemoSettings settings, Path data) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                controller.listener.names=CONTROLLER
                log.dirs=%3$s
                auto.create.topics.enable=false
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                share.coordinator.state.topic.num.partitions=1
                group.initial.rebalance.delay.ms=0
                log.retention.bytes=67108864
                """.formatted(
                        settings.brokerPort(),
                        settings.controllerPort(),
                        data.toString().replace("\\", "\\\\"));
    }
}
