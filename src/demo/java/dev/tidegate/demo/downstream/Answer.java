package dev.tidegate.demo.downstream;

import com.sun.net.httpserver.HttpExchange;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;

/** A status and a JSON document. */
record Answer(int status, JsonObject document) {
    private static final Logger LOG = System.getLogger(Answer.class.getName());

    /** A caller that has gone is no error of the downstream's. */
    void writeTo(HttpExchange exchange) {
        byte[] body = (document + "\n").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        try (exchange;
                OutputStream out = sendHeaders(exchange, body.length)) {
            out.write(body);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "The caller had gone before its answer", e);
        }
    }

    private OutputStream sendHeaders(HttpExchange exchange, int length) throws IOException {
        exchange.sendResponseHeaders(status, status == 304 ? -1 : length);
        return status == 304 ? OutputStream.nullOutputStream() : exchange.getResponseBody();
    }
}
