package dev.tidegate.demo;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Looks after the running children until the demo cannot go on. */
final class Watch {
    private static final long LOOK_EVERY_MILLIS = 500;

    private final Progress progress;
    private final Parts parts;
    private final Child broker;
    private final List<LibertyServer> servers;
    private final Set<LibertyServer> lost = new HashSet<>();

    Watch(Progress progress, Parts parts, Child broker, List<LibertyServer> servers) {
        this.progress = progress;
        this.parts = parts;
        this.broker = broker;
        this.servers = servers;
    }

    /** Returns when the demo is being ended; one lost server of several is told and is part of the show. */
    void untilEnd() throws InterruptedException {
        while (!parts.isClosing()) {
            if (!broker.isAlive()) {
                throw new DemoFailure(
                        broker + " ended with code " + broker.exitCode() + ", and nothing works without it"
                                + System.lineSeparator() + new ChildLog(broker.log()).tail());
            }
            servers.stream().filter(server -> !server.child().isAlive()).forEach(this::lose);
            if (lost.size() == servers.size()) {
                throw new DemoFailure("No instance of Tidegate is left");
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
    }

    private void lose(LibertyServer server) {
        if (!parts.isClosing() && lost.add(server)) {
            progress.step(server + " ended with code " + server.child().exitCode() + "; its log is "
                    + server.child().log());
        }
    }
}
