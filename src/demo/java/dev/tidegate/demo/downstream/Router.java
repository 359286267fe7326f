package dev.tidegate.demo.downstream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From a request to one call of a {@link Service}. */
final class Router implements HttpHandler {
    private static final Pattern PATH = Pattern.compile("/([a-z0-9][a-z0-9-]{0,62})(/fault|/calls)?");
    private static final int RECORD_BYTES = 16 * 1024 * 1024;
    private static final int FAULT_BYTES = 8 * 1024;
    private static final String HELP = "there is POST /<name>, GET and PUT /<name>/fault and GET /<name>/calls, with"
            + " names of a-z, 0-9 and '-'";

    private final Function<String, @Nullable Service> services;

    /** @param services answers null for one name too many */
    Router(Function<String, @Nullable Service> services) {
        this.services = services;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Matcher path = PATH.matcher(exchange.getRequestURI().getPath());
        if (!path.matches()) {
            Service.problem(404, HELP).writeTo(exchange);
            return;
        }
        Service service = services.apply(path.group(1));
        if (service == null) {
            Service.problem(404, "too many names; restart the downstream to begin anew")
                    .writeTo(exchange);
            return;
        }
        String what = path.group(2) == null ? "" : path.group(2);
        switch (exchange.getRequestMethod() + what) {
            case "POST" -> accept(exchange, service);
            case "PUT/fault" -> putFault(exchange, service);
            case "GET/fault" -> new Answer(200, FaultJson.of(service.fault())).writeTo(exchange);
            case "GET/calls" ->
                new Answer(200, CallsJson.of(path.group(1), service.fault(), service.counts(), service.calls()))
                        .writeTo(exchange);
            default -> Service.problem(405, HELP).writeTo(exchange);
        }
    }

    private static void accept(HttpExchange exchange, Service service) throws IOException {
        byte @Nullable [] body = read(exchange, RECORD_BYTES);
        if (body == null) {
            return;
        }
        String id = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        String key = exchange.getRequestHeaders().getFirst("Kafka-Key");
        service.accept(exchange, id == null ? null : unquoted(id), key, body.length);
    }

    private static void putFault(HttpExchange exchange, Service service) throws IOException {
        byte @Nullable [] body = read(exchange, FAULT_BYTES);
        if (body == null) {
            return;
        }
        try {
            Fault fault = FaultJson.parse(new String(body, StandardCharsets.UTF_8));
            service.fault(fault);
            new Answer(200, FaultJson.of(fault)).writeTo(exchange);
        } catch (IllegalArgumentException e) {
            Service.problem(400, "the fault was not changed: " + e.getMessage()).writeTo(exchange);
        }
    }

    /** @return null if the body was larger, which has been answered */
    private static byte @Nullable [] read(HttpExchange exchange, int limit) throws IOException {
        InputStream in = exchange.getRequestBody();
        byte[] body = in.readNBytes(limit);
        if (in.read() < 0) {
            return body;
        }
        Service.problem(413, "the body has more than " + limit + " bytes").writeTo(exchange);
        return null;
    }

    /** A structured header field carries its text in quotes. */
    private static String unquoted(String text) {
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
