package dev.tidegate.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that the demo started, with its output in a file. Thread-safe. */
final class Child implements AutoCloseable {
    /**
     * Ctrl-C reaches the whole group. Children ignore it, so that they end in order (servers before their broker and
     * database) when the launcher says so; {@code exec} makes the child's process id the program's own.
     */
    private static final List<String> DEAF_TO_CTRL_C = List.of("/bin/sh", "-c", "trap '' INT; exec \"$0\" \"$@\"");

    private final String name;
    private final Process process;
    private final Path log;
    private final Duration patience;

    private Child(String name, Process process, Path log, Duration patience) {
        this.name = name;
        this.process = process;
        this.log = log;
        this.patience = patience;
    }

    /** @param patience how long the child may take to end when asked, before it is killed */
    static Child start(String name, List<String> command, Map<String, String> environment, Path log, Duration patience)
            throws IOException {
        List<String> full = new ArrayList<>(DEAF_TO_CTRL_C);
        full.addAll(command);
        ProcessBuilder builder =
                new ProcessBuilder(full).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return new Child(name, process, log, patience);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** Only of a child that has ended. */
    int exitCode() {
        return process.exitValue();
    }

    Path log() {
        return log;
    }

    /** Asks, and does not wait. */
    void askToStop() {
        process.destroy();
    }

    @Override
    public void close() {
        stopWithin(patience);
    }

    /** Asks, waits, and kills what did not end in time; kills at once when interrupted. */
    void stopWithin(Duration bound) {
        askToStop();
        try {
            if (process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }

    @Override
    public String toString() {
        return name + " (process " + process.pid() + ")";
    }
}
