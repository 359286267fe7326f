package dev.tidegate.demo;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every port that the demo will listen on, checked before anything is started. */
final class DemoPorts {
    private record Wanted(String what, int port, String property) {}

    private final List<Wanted> wanted = new ArrayList<>();

    DemoPorts(DemoSettings settings) {
        for (int instance = 1; instance <= settings.instances(); instance++) {
            wanted.add(new Wanted("Tidegate instance " + instance, settings.httpPort(instance), "demo.http.port"));
        }
        wanted.add(new Wanted("the broker", settings.brokerPort(), "demo.broker.port"));
        wanted.add(new Wanted("the broker's controller", settings.controllerPort(), "demo.broker.port"));
        wanted.add(new Wanted("the downstream", settings.downstreamPort(), "demo.downstream.port"));
        if (settings.database() == DatabaseKind.POSTGRES) {
            wanted.add(new Wanted("PostgreSQL", settings.databasePort(), "demo.db.port"));
        }
    }

    /** @throws DemoFailure naming each port that is taken or asked for twice, and the property that moves it */
    void requireFree() {
        List<String> complaints = new ArrayList<>();
        Map<Integer, Wanted> seen = new HashMap<>();
        for (Wanted one : wanted) {
            Wanted other = seen.putIfAbsent(one.port(), one);
            if (other != null) {
                complaints.add("Port " + one.port() + " is wanted by " + other.what() + " and by " + one.what()
                        + ". Choose another with -D" + one.property() + "=<port>.");
            } else if (isTaken(one.port())) {
                complaints.add("Port " + one.port() + ", meant for " + one.what()
                        + ", is taken by another program. Choose another with -D" + one.property() + "=<port>.");
            }
        }
        if (!complaints.isEmpty()) {
            throw DemoFailure.of(complaints);
        }
    }

    private static boolean isTaken(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // Without this a port whose last connections still linger would count as taken.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
