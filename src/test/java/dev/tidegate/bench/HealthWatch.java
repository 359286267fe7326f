package dev.tidegate.bench;

import dev.tidegate.fixture.LibertyServer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Asks one address of an instance's health every 20 ms, and keeps each answer that differs from the one before. Thread-safe. */
public final class HealthWatch implements AutoCloseable {
    /** The status where nobody answered. */
    public static final int REFUSED = -1;

    private static final int EVERY_MILLIS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final HttpRequest request;
    private final List<Answer> changes = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "health-watch");
        thread.setDaemon(true);
        return thread;
    });

    /** An answer; the body is empty where nobody answered. */
    public record Answer(int status, String body) {
        /** The checks that it says are down. */
        public Set<String> down() {
            return checks().stream()
                    .filter(check -> check.getString("status").equals("DOWN"))
                    .map(check -> check.getString("name"))
                    .collect(Collectors.toSet());
        }

        /** What a check says of that name, or the empty text. */
        public String says(String check, String name) {
            return checks().stream()
                    .filter(one -> one.getString("name").equals(check))
                    .map(one -> one.getJsonObject("data").getString(name, ""))
                    .findFirst()
                    .orElse("");
        }

        private List<JsonObject> checks() {
            if (!body.startsWith("{")) {
                return List.of();
            }
            try (JsonReader reader = Json.createReader(new StringReader(body))) {
                return reader.readObject().getJsonArray("checks").getValuesAs(JsonObject.class);
            }
        }
    }

    private HealthWatch(LibertyServer server, String path) {
        this.request =
                HttpRequest.newBuilder(server.uri(path)).timeout(PATIENCE).build();
        changes.add(new Answer(REFUSED, ""));
    }

    /** Begins at once; the server may be started later. */
    public static HealthWatch over(LibertyServer server, String path) {
        HealthWatch watch = new HealthWatch(server, path);
        Future<?> unused = watch.clock.scheduleWithFixedDelay(watch::ask, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return watch;
    }

    /** The answers in turn, each different from the one before. */
    public List<Answer> changes() {
        return List.copyOf(changes);
    }

    public Answer last() {
        return changes.get(changes.size() - 1);
    }

    /** The statuses in turn, each different from the one before; where nobody answered is left out. */
    public List<Integer> statuses() {
        List<Integer> statuses = new ArrayList<>();
        for (Answer answer : changes) {
            boolean isNew = statuses.isEmpty() || statuses.get(statuses.size() - 1) != answer.status();
            if (isNew && answer.status() != REFUSED) {
                statuses.add(answer.status());
            }
        }
        return statuses;
    }

    private void ask() {
        Answer answer = answer();
        if (!answer.equals(last())) {
            changes.add(answer);
        }
    }

    private Answer answer() {
        try {
            HttpResponse<String> told = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(told.statusCode(), told.body());
        } catch (IOException nobody) {
            return new Answer(REFUSED, "");
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return last();
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
