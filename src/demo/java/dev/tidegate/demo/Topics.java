package dev.tidegate.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/** Makes the topics of the demo: one for each line and one for its results. Dead-letter topics are the product's. */
final class Topics {
    private static final int BOUND_SECONDS = 30;
    private static final short ONE_COPY = 1;

    private Topics() {}

    /** Whether something accepts connections on the port. */
    static boolean isAnswering(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            // A port from the machine's range for outgoing connections may have connected to itself.
            return socket.getLocalPort() != port;
        } catch (IOException e) {
            return false;
        }
    }

    /** @throws DemoFailure if the broker does not answer in time or refuses */
    static void create(String bootstrapServers) throws InterruptedException {
        List<NewTopic> topics = Lines.NAMES.stream()
                .flatMap(line -> Stream.of(line, Lines.done(line)))
                .map(name -> new NewTopic(name, Lines.PARTITIONS, ONE_COPY))
                .toList();
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.CLIENT_ID_CONFIG,
                "demo-topics"))) {
            admin.createTopics(topics).all().get(BOUND_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new DemoFailure("The broker refused to create the topics", e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw new DemoFailure("The broker did not create the topics within " + BOUND_SECONDS + " s", e);
        }
    }
}
