package dev.tidegate.demo.downstream;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server on the loopback address whose names handle records, and misbehave when told to. Thread-safe.
 *
 * <ul>
 *   <li>{@code POST /<name>} handles a record; the answer is a small JSON document.
 *   <li>{@code PUT /<name>/fault} with {@code {"mode":"none|error|hang|slow|refuse","status":503,"ratio":1.0,
 *       "delay":"PT2S"}} breaks or mends; only {@code mode} is required.
 *   <li>{@code GET /<name>/calls} shows counts, distinct ids, the fault and the latest 100 calls.
 * </ul>
 */
public final class DemoDownstream implements AutoCloseable {
    private static final int THREADS = 32;
    private static final int BACKLOG = 512;
    private static final int MOST_NAMES = 1000;

    private final Map<String, Service> services = new ConcurrentHashMap<>();
    private final Limits limits;
    private final RandomGenerator random;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, daemons("downstream-call"));
    private final ScheduledExecutorService later = Executors.newScheduledThreadPool(2, daemons("downstream-later"));

    private DemoDownstream(HttpServer server, Limits limits, RandomGenerator random) {
        this.server = server;
        this.limits = limits;
        this.random = random;
    }

    /**
     * Listens at once.
     *
     * @param port 0 for any free one
     * @param random decides which calls meet a fault whose ratio is below 1; used by several threads
     * @throws IOException if the port cannot be had
     */
    public static DemoDownstream start(int port, Limits limits, RandomGenerator random) throws IOException {
        tuneHttpServer();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        DemoDownstream downstream = new DemoDownstream(server, limits, random);
        server.setExecutor(downstream.threads);
        server.createContext("/", new Router(downstream::serviceIfAllowed));
        server.start();
        return downstream;
    }

    /**
     * Read once, when the JDK's server is first used: without the first each answer may wait 40 ms for an
     * acknowledgement; with the others' defaults idle connections are closed under a caller's hands.
     */
    private static void tuneHttpServer() {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
        System.setProperty("sun.net.httpserver.idleInterval", "600");
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Without a slash at the end. */
    public URI baseUrl() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** Holds for calls that arrive after the return. */
    public void fault(String name, Fault fault) {
        service(name).fault(fault);
    }

    public Fault fault(String name) {
        return service(name).fault();
    }

    /** The latest ended calls that the limits keep, in the order in which they ended. */
    public List<Call> calls(String name) {
        return service(name).calls();
    }

    public Counts counts(String name) {
        return service(name).counts();
    }

    private Service service(String name) {
        return services.computeIfAbsent(name, absent -> new Service(absent, limits, random, later));
    }

    private @Nullable Service serviceIfAllowed(String name) {
        Service known = services.get(name);
        if (known != null) {
            return known;
        }
        return services.size() < MOST_NAMES ? service(name) : null;
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Closes every connection; what is open stays without an answer. */
    @Override
    public void close() {
        services.values().forEach(Service::dropHung);
        server.stop(0);
        later.shutdownNow();
        threads.shutdownNow();
    }

    @Override
    public String toString() {
        return "the downstream on port " + port();
    }
}
