package dev.tidegate.wiring;

import dev.tidegate.drain.DrainerSettings;
import dev.tidegate.drain.http.DownstreamSettings;
import dev.tidegate.publish.PublisherSettings;
import dev.tidegate.store.StoreSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the configuration says, validated. Immutable.
 *
 * @param instance this instance's name
 * @param kafka Kafka client properties that hold for all clients
 * @param downstreams by name
 * @param circuits of drainers, of publishers and those that are configured by name
 * @param customCircuit what holds for every other circuit; its name is {@code defaults}
 * @param databaseUrl with its secrets hidden, or {@code null} where none is known
 * @param values every value with its source, secrets hidden
 * @param warnings what is doubtful, in words for people
 */
public record TidegateSettings(
        String instance,
        Map<String, String> kafka,
        List<DrainerSettings> drainers,
        List<PublisherSettings> publishers,
        Map<String, DownstreamSettings> downstreams,
        Map<String, CircuitSettings> circuits,
        CircuitSettings customCircuit,
        StoreSettings store,
        Duration tallyInterval,
        RetentionSettings retention,
        Duration monitorInterval,
        HealthSettings health,
        AdminSettings admin,
        @Nullable String databaseUrl,
        List<SettingValue> values,
        List<String> warnings) {
    public TidegateSettings {
        kafka = Map.copyOf(kafka);
        drainers = List.copyOf(drainers);
        publishers = List.copyOf(publishers);
        downstreams = Map.copyOf(downstreams);
        circuits = Map.copyOf(circuits);
        values = List.copyOf(values);
        warnings = List.copyOf(warnings);
    }

    /** The settings of a circuit, be it configured by name or not. */
    public CircuitSettings circuit(String name) {
        return circuits.getOrDefault(name, customCircuit);
    }

    TidegateSettings with(List<SettingValue> allValues, List<String> allWarnings) {
        return new TidegateSettings(
                instance,
                kafka,
                drainers,
                publishers,
                downstreams,
                circuits,
                customCircuit,
                store,
                tallyInterval,
                retention,
                monitorInterval,
                health,
                admin,
                databaseUrl,
                allValues,
                allWarnings);
    }

    /** The same with what changed while the instance runs. */
    TidegateSettings following(
            List<DrainerSettings> changedDrainers,
            Map<String, CircuitSettings> changedCircuits,
            CircuitSettings changedCustom,
            List<SettingValue> allValues) {
        return new TidegateSettings(
                instance,
                kafka,
                changedDrainers,
                publishers,
                downstreams,
                changedCircuits,
                changedCustom,
                store,
                tallyInterval,
                retention,
                monitorInterval,
                health,
                admin,
                databaseUrl,
                allValues,
                warnings);
    }
}
