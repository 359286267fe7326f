package dev.tidegate.demo.downstream;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Faults as JSON. What is not understood is refused, never guessed. */
final class FaultJson {
    private static final Set<String> FIELDS = new TreeSet<>(Set.of("mode", "status", "ratio", "delay"));

    private FaultJson() {}

    /** @throws IllegalArgumentException saying what is wrong and what is allowed */
    static Fault parse(String text) {
        JsonObject document = read(text);
        for (String field : document.keySet()) {
            if (!FIELDS.contains(field)) {
                throw new IllegalArgumentException(
                        "unknown field \"" + field + "\"; known are " + String.join(", ", FIELDS));
            }
        }
        return new Fault(mode(document), status(document), ratio(document), delay(document));
    }

    static JsonObject of(Fault fault) {
        return Json.createObjectBuilder()
                .add("mode", fault.mode().word())
                .add("status", fault.status())
                .add("ratio", fault.ratio())
                .add("delay", fault.delay().toString())
                .build();
    }

    private static JsonObject read(String text) {
        try (JsonParser parser = Json.createParser(new StringReader(text))) {
            parser.next();
            JsonObject document = parser.getObject();
            // A reader would not look at what follows; asking for more complains about it.
            if (!parser.hasNext()) {
                return document;
            }
        } catch (JsonException | IllegalStateException | NoSuchElementException e) {
            // Told below.
        }
        throw new IllegalArgumentException(
                "the body is not one JSON object such as {\"mode\":\"error\",\"status\":503}");
    }

    private static Mode mode(JsonObject document) {
        String words = Arrays.stream(Mode.values()).map(Mode::word).collect(Collectors.joining(", "));
        if (document.get("mode") instanceof JsonString word) {
            return Mode.of(word.getString())
                    .orElseThrow(() -> new IllegalArgumentException(
                            "mode is \"" + word.getString() + "\", but allowed is one of " + words));
        }
        throw new IllegalArgumentException("\"mode\" is missing or not a text; allowed is one of " + words);
    }

    private static int status(JsonObject document) {
        JsonValue value = document.get("status");
        if (value == null) {
            return Fault.DEFAULT_STATUS;
        }
        if (value instanceof JsonNumber number && number.isIntegral()) {
            try {
                return number.intValueExact();
            } catch (ArithmeticException e) {
                // Far outside of what a status can be; told below.
            }
        }
        throw new IllegalArgumentException("status is " + value + ", but a whole number from 300 to 599 is needed");
    }

    private static double ratio(JsonObject document) {
        JsonValue value = document.get("ratio");
        if (value == null) {
            return 1;
        }
        if (value instanceof JsonNumber number) {
            return number.doubleValue();
        }
        throw new IllegalArgumentException("ratio is " + value + ", but a number from 0 to 1 is needed");
    }

    private static Duration delay(JsonObject document) {
        JsonValue value = document.get("delay");
        if (value == null) {
            return Fault.DEFAULT_DELAY;
        }
        if (value instanceof JsonString text) {
            try {
                return Duration.parse(text.getString());
            } catch (DateTimeParseException e) {
                // Told below.
            }
        }
        throw new IllegalArgumentException("delay is " + value + ", but a duration such as \"PT2S\" is needed");
    }
}
