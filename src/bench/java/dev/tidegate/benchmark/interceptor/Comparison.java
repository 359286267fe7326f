package dev.tidegate.benchmark.interceptor;

import dev.tidegate.container.EmbeddingApplication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToDoubleFunction;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Asks the server for rounds in which the contenders take turns, and prints the median of each beside the server's own. */
final class Comparison {
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 21);
    private static final int WARM_UP = 10;
    private static final long MILLIS = 300;
    private static final String OWN = "fault-tolerant";
    private static final Map<String, String> NAMES = names();

    private final HttpClient http = HttpClient.newHttpClient();

    private static Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("plain", "no interceptor");
        names.put("passed-on", "an empty interceptor");
        names.put("direct", "Circuit.call in the bean");
        names.put("guarded", "@Guarded");
        names.put(OWN, "Liberty's @CircuitBreaker");
        return names;
    }

    static WebArchive application(String settings) {
        return EmbeddingApplication.with(
                settings,
                Calls.class,
                PlainCalls.class,
                PassedOn.class,
                PassedOn.ToTheBean.class,
                PassedOnCalls.class,
                GuardedCalls.class,
                DirectCalls.class,
                FaultTolerantCalls.class,
                Round.class,
                RoundsResource.class,
                RoundsResource.Resources.class);
    }

    void print(String title) throws Exception {
        StringBuilder table = new StringBuilder("\nns and bytes per call and thread, " + title + "\n");
        for (int threads : List.of(1, 2)) {
            Map<String, List<Round>> rounds = new LinkedHashMap<>();
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                for (String contender : NAMES.keySet()) {
                    Round measured = ask(contender, threads);
                    if (round >= 0) {
                        rounds.computeIfAbsent(contender, of -> new ArrayList<>())
                                .add(measured);
                    }
                }
            }
            rounds.forEach((contender, each) -> table.append(row(threads, contender, each, rounds.get(OWN))));
        }
        System.out.println(table);
    }

    /** So many requests at once, each on a thread of the server. */
    private Round ask(String contender, int threads) {
        URI uri = URI.create("http://127.0.0.1:" + System.getProperty("container.http.port") + "/embedding/app/rounds/"
                + contender + "/" + MILLIS);
        HttpRequest request = HttpRequest.newBuilder(uri).build();
        List<CompletableFuture<HttpResponse<String>>> asked = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            asked.add(http.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
        }
        return asked.stream()
                .map(CompletableFuture::join)
                .map(Comparison::read)
                .reduce(new Round(0, 0, 0, 0), Round::and);
    }

    private static Round read(HttpResponse<String> answer) {
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        String[] parts = answer.body().split(" ");
        return new Round(
                Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]), Long.parseLong(parts[3]));
    }

    private static String row(int threads, String contender, List<Round> rounds, List<Round> own) {
        double nanos = at(0.5, rounds, Comparison::nanos);
        double cpuNanos = at(0.5, rounds, Comparison::cpuNanos);
        double bytes = at(0.5, rounds, Comparison::bytes);
        return String.format(
                Locale.ROOT,
                "  %d threads  %-26s %7.1f ns [%.1f..%.1f]  CPU %7.1f ns [%.1f..%.1f]  %6.1f B"
                        + "   %.2f of the server's time, %.2f of its CPU, %.2f of its bytes%n",
                threads,
                NAMES.get(contender),
                nanos,
                at(0, rounds, Comparison::nanos),
                at(1, rounds, Comparison::nanos),
                cpuNanos,
                at(0, rounds, Comparison::cpuNanos),
                at(1, rounds, Comparison::cpuNanos),
                bytes,
                nanos / at(0.5, own, Comparison::nanos),
                cpuNanos / at(0.5, own, Comparison::cpuNanos),
                bytes / at(0.5, own, Comparison::bytes));
    }

    private static double cpuNanos(Round round) {
        return (double) round.cpuNanos() / round.calls();
    }

    private static double nanos(Round round) {
        return (double) round.nanos() / round.calls();
    }

    private static double bytes(Round round) {
        return (double) round.bytes() / round.calls();
    }

    private static double at(double share, List<Round> rounds, ToDoubleFunction<Round> figure) {
        double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
        return sorted[(int) (share * (sorted.length - 1))];
    }
}
