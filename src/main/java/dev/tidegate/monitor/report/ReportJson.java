package dev.tidegate.monitor.report;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbException;
import java.util.Optional;

/** The JSON of an instance's report. Thread-safe. */
public final class ReportJson {
    private static final System.Logger LOG = System.getLogger(ReportJson.class.getName());

    private final Jsonb jsonb = JsonbBuilder.create();

    public String write(InstanceView view) {
        return jsonb.toJson(view);
    }

    /** The report, or nothing when another version of the program wrote what this one cannot read. */
    public Optional<InstanceView> read(String instance, String json) {
        try {
            return Optional.ofNullable(jsonb.fromJson(json, InstanceView.class));
        } catch (JsonbException | NullPointerException | IllegalArgumentException e) {
            LOG.log(System.Logger.Level.DEBUG, "the report of instance {0} is not readable: {1}", instance, e);
            return Optional.empty();
        }
    }
}
