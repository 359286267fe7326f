package dev.tidegate.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One Open Liberty with the WAR, as a child process with an output directory of its own. */
final class LibertyServer implements AutoCloseable {
    /** More than the drainers take to finish what is in flight. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A server in the middle of its start hears nothing until it is through; it has nothing to finish. */
    private static final Duration PATIENCE_AT_START = Duration.ofSeconds(3);

    private static final Duration PROBE = Duration.ofSeconds(2);

    private final int instance;
    private final URI address;
    private final Child child;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PROBE).build();

    private volatile boolean ready;

    private LibertyServer(int instance, URI address, Child child) {
        this.instance = instance;
        this.address = address;
        this.child = child;
    }

    /**
     * Starts the process and does not wait.
     *
     * @param wlp the installed runtime, whose server {@code tidegate} holds the WAR
     * @param instance 1 for the first
     */
    static LibertyServer start(
            Path wlp, DemoSettings settings, int instance, Credentials credentials, DemoDirectory directory)
            throws IOException {
        Map<String, String> environment = new HashMap<>(TidegateEnvironment.of(settings));
        // Who says TIDEGATE_CIRCUIT_DEFAULTS_BREAK_DURATION=PT30S mvn -Pdemo shall get it.
        environment.keySet().removeAll(System.getenv().keySet());
        environment.put("TIDEGATE_INSTANCE", "demo-" + instance);
        environment.put("TIDEGATE_ADMIN_USER", credentials.user());
        environment.put("TIDEGATE_ADMIN_PASSWORD", credentials.password());
        environment.put("HTTP_HOST", "127.0.0.1");
        environment.put("HTTP_PORT", Integer.toString(settings.httpPort(instance)));
        environment.put("HTTPS_PORT", "-1");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("WLP_OUTPUT_DIR", directory.path("liberty-" + instance).toString());
        if (settings.database() == DatabaseKind.POSTGRES) {
            environment.putAll(Database.environment(settings));
        }
        List<String> command = List.of(wlp.resolve("bin").resolve("server").toString(), "run", "tidegate");
        Path log = directory.path("liberty-" + instance + ".log");
        Child child = Child.start("Tidegate instance " + instance, command, environment, log, PATIENCE);
        return new LibertyServer(instance, URI.create("http://127.0.0.1:" + settings.httpPort(instance) + "/"), child);
    }

    int instance() {
        return instance;
    }

    URI address() {
        return address;
    }

    Child child() {
        return child;
    }

    boolean answers(String path) {
        return get(path)
                .map(HttpResponse::statusCode)
                .filter(code -> code == 200)
                .isPresent();
    }

    /** What the path shows now, for a person. */
    String shown(String path) {
        return get(path)
                .map(answer -> path + " answers " + answer.statusCode() + ": " + answer.body())
                .orElse(path + " does not answer");
    }

    private Optional<HttpResponse<String>> get(String path) {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(address.resolve(path)).timeout(PROBE).build();
            return Optional.of(client.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** From now on a stop lets it finish what is in flight. */
    void nowReady() {
        ready = true;
    }

    @Override
    public void close() {
        child.stopWithin(ready ? PATIENCE : PATIENCE_AT_START);
    }

    @Override
    public String toString() {
        return child.toString();
    }
}
