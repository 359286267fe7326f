package dev.tidegate.drain.http;

import java.net.http.HttpRequest;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Puts a record's own headers into a request, under names that cannot be taken for ours, within limits of number and size. */
final class RecordHeaderLines {
    static final int MOST_LINES = 64;
    /** Names and values together: servers usually take 8 KiB for the whole head of a request. */
    static final int MOST_CHARACTERS = 4_096;

    private static final Set<String> TRACE = Set.of("traceparent", "tracestate");
    private static final Pattern TRACE_PARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final int TRACE_PARENT_LENGTH = 55;
    private static final int MOST_TRACE_STATE = 512;

    private final HttpRequest.Builder request;
    private int lines;
    private int characters;
    private int omitted;

    private RecordHeaderLines(HttpRequest.Builder request) {
        this.request = request;
    }

    static void write(Headers headers, HttpRequest.Builder request) {
        RecordHeaderLines all = new RecordHeaderLines(request);
        for (Header header : headers) {
            all.write(header);
        }
        if (all.omitted > 0) {
            request.setHeader("Kafka-Headers-Omitted", Integer.toString(all.omitted));
        }
        writeTrace(headers, request);
    }

    private void write(Header header) {
        byte[] value = header.value();
        if (value == null || TRACE.contains(header.key().toLowerCase(Locale.ROOT))) {
            return;
        }
        // Looked at before anything is made of it: a header may be as large as the record.
        boolean isTooMuch =
                lines >= MOST_LINES || header.key().length() + (long) value.length > MOST_CHARACTERS - characters;
        if (isTooMuch) {
            omitted++;
            return;
        }
        String plain = HeaderText.plain(value);
        String name = (plain == null ? "Kafka-Binary-Header-" : "Kafka-Header-") + HeaderText.name(header.key());
        String text = plain == null ? HeaderText.base64(value) : plain;
        if (name.length() + text.length() > MOST_CHARACTERS - characters) {
            omitted++;
            return;
        }
        lines++;
        characters += name.length() + text.length();
        request.header(name, text);
    }

    /** A malformed one is left out, and the downstream begins a trace of its own. */
    private static void writeTrace(Headers headers, HttpRequest.Builder request) {
        String parent = last(headers, "traceparent", TRACE_PARENT_LENGTH);
        if (parent == null || !TRACE_PARENT.matcher(parent).matches()) {
            return;
        }
        request.setHeader("traceparent", parent);
        String state = last(headers, "tracestate", MOST_TRACE_STATE);
        if (state != null && !state.isEmpty()) {
            request.setHeader("tracestate", state);
        }
    }

    private static @Nullable String last(Headers headers, String name, int mostBytes) {
        Header header = headers.lastHeader(name);
        if (header == null || header.value() == null || header.value().length > mostBytes) {
            return null;
        }
        return HeaderText.plain(header.value());
    }
}
