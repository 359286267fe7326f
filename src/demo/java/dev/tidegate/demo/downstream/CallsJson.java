package dev.tidegate.demo.downstream;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.util.List;

/** What {@code GET /<name>/calls} shows. */
final class CallsJson {
    private static final int SHOWN = 100;

    private CallsJson() {}

    static JsonObject of(String name, Fault fault, Counts counts, List<Call> calls) {
        JsonObjectBuilder byOutcome = Json.createObjectBuilder();
        for (Outcome outcome : Outcome.values()) {
            byOutcome.add(outcome.word(), counts.of(outcome));
        }
        return Json.createObjectBuilder()
                .add("name", name)
                .add("fault", FaultJson.of(fault))
                .add("open", counts.open())
                .add("ended", counts.ended())
                .add("counts", byOutcome)
                .add("distinctIds", counts.distinctIds())
                .add("distinctDone", counts.distinctDone())
                .add("calls", newestFirst(calls))
                .build();
    }

    private static JsonArrayBuilder newestFirst(List<Call> calls) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        int oldest = Math.max(0, calls.size() - SHOWN);
        for (int index = calls.size() - 1; index >= oldest; index--) {
            array.add(call(calls.get(index)));
        }
        return array;
    }

    private static JsonObjectBuilder call(Call call) {
        Duration took = Duration.ofNanos(call.endNanos() - call.startNanos());
        JsonObjectBuilder document = Json.createObjectBuilder().add("id", call.id());
        if (call.key() != null) {
            document.add("key", call.key());
        }
        return document.add("start", call.startedAt().toString())
                .add("end", call.startedAt().plus(took).toString())
                .add("millis", took.toMillis())
                .add("outcome", call.outcome().word());
    }
}
