package dev.tidegate.bench;

import dev.tidegate.fixture.LibertyServer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Callers of one server that ask the same paths in turn until closed, and what each call got. Thread-safe. */
public final class RepeatedCalls implements AutoCloseable {
    private static final int NO_ANSWER = -1;

    private record Ended(String path, int status, String type, Duration took) {}

    private final LibertyServer server;
    private final Duration pause;
    private final ConcurrentLinkedQueue<Ended> ended = new ConcurrentLinkedQueue<>();
    private final ExecutorService callers;
    private volatile boolean isClosed;

    private RepeatedCalls(LibertyServer server, int callers, Duration pause) {
        this.server = server;
        this.pause = pause;
        this.callers = Executors.newFixedThreadPool(callers);
    }

    /** @param pause of each caller between two rounds over the paths */
    public static RepeatedCalls begin(LibertyServer server, int callers, Duration pause, String... paths) {
        RepeatedCalls calls = new RepeatedCalls(server, callers, pause);
        for (int i = 0; i < callers; i++) {
            List<String> order = new ArrayList<>(List.of(paths));
            java.util.Collections.rotate(order, i);
            calls.callers.execute(() -> calls.repeat(order));
        }
        return calls;
    }

    private void repeat(List<String> paths) {
        while (!isClosed) {
            paths.forEach(this::call);
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    private void call(String path) {
        if (isClosed) {
            return;
        }
        long begin = System.nanoTime();
        int status = NO_ANSWER;
        String type = "";
        try {
            HttpResponse<String> answer = server.get(path);
            status = answer.statusCode();
            type = answer.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
        } catch (RuntimeException nobody) {
            type = String.valueOf(nobody.getMessage());
        }
        ended.add(new Ended(path, status, type, Duration.ofNanos(System.nanoTime() - begin)));
    }

    public Duration longest() {
        return ended.stream().map(Ended::took).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    /** How often each status came; −1 for no answer. */
    public Map<Integer, Long> statuses() {
        return counted(one -> true);
    }

    public Map<Integer, Long> statusesOf(String path) {
        return counted(one -> one.path().equals(path));
    }

    private Map<Integer, Long> counted(Predicate<Ended> of) {
        return ended.stream().filter(of).collect(Collectors.groupingBy(Ended::status, Collectors.counting()));
    }

    /** The content types of the answers with that status. */
    public Set<String> typesOf(int status) {
        return ended.stream()
                .filter(one -> one.status() == status)
                .map(Ended::type)
                .collect(Collectors.toSet());
    }

    @Override
    public String toString() {
        return statuses() + ", the longest " + longest().toMillis() + " ms";
    }

    /** Returns when each caller had its last answer. */
    @Override
    public void close() {
        isClosed = true;
        callers.shutdown();
        try {
            if (!callers.awaitTermination(1, TimeUnit.MINUTES)) {
                throw new AssertionError("a call does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
