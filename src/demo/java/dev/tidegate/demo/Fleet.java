package dev.tidegate.demo;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The running servers; all are asked to stop before the first is waited for. Thread-safe. */
final class Fleet implements AutoCloseable {
    private final List<LibertyServer> servers = new CopyOnWriteArrayList<>();

    LibertyServer add(LibertyServer server) {
        servers.add(server);
        return server;
    }

    List<LibertyServer> servers() {
        return List.copyOf(servers);
    }

    @Override
    public void close() {
        servers.forEach(server -> server.child().askToStop());
        servers.forEach(LibertyServer::close);
    }

    @Override
    public String toString() {
        return "Tidegate";
    }
}
