package dev.tidegate.wiring;

import dev.tidegate.drain.DrainerSettings;
import dev.tidegate.drain.http.DownstreamSettings;
import dev.tidegate.guard.CircuitKind;
import dev.tidegate.publish.PublisherSettings;
import dev.tidegate.store.StoreSettings;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One reading of everything, from the instance's name to unknown keys. */
final class Reading {
    private static final SettingType<Integer> PORT = new SettingType<>(
            "a port from 1 to 65535, or -1 for none",
            text -> text.equals("-1") ? -1 : Numbers.integer(1, 65_535).read(text));

    private final ConfigView view;
    private final Findings findings;
    private final Section top;
    private final Names names;
    private final String instance;

    Reading(ConfigView view, Findings findings, Supplier<String> instanceNames) {
        this.view = view;
        this.findings = findings;
        this.top = new Section(view, findings, List.of("tidegate."));
        this.names = new Names(view, findings);
        String given = top.find("instance", Texts.NAME);
        this.instance = given != null ? given : top.get("instance", Texts.NAME, instanceNames.get());
    }

    TidegateSettings settings() {
        KafkaReader kafkaReader = new KafkaReader(view, findings);
        Clients clients = clients(kafkaReader);
        CircuitReader circuitReader = new CircuitReader(view, findings);
        TidegateSettings settings = new TidegateSettings(
                instance,
                kafkaReader.common(),
                clients.drainers(),
                clients.publishers(),
                clients.downstreams(),
                circuits(circuitReader, clients.circuitOwners()),
                circuitReader.read("defaults", null),
                store(),
                top.get("store.tally-interval", Durations.between("PT0.2S", "PT1M"), Duration.ofSeconds(1)),
                retention(),
                top.get("monitor.interval", Durations.between("PT1S", "PT10M"), Duration.ofSeconds(30)),
                health(),
                admin(),
                server(),
                List.of(),
                List.of());
        names.refuseAmbiguous();
        new UnknownKeys(view, findings).tell();
        return settings.with(findings.values(), findings.warnings());
    }

    private record Clients(
            List<DrainerSettings> drainers,
            List<PublisherSettings> publishers,
            Map<String, DownstreamSettings> downstreams) {
        Map<String, CircuitOwner> circuitOwners() {
            Map<String, CircuitOwner> owners = new TreeMap<>();
            for (DrainerSettings drainer : drainers) {
                CircuitOwner owner = new CircuitOwner(CircuitKind.DRAINER, drainer.timeout(), drainer.concurrency());
                owners.merge(drainer.circuit(), owner, CircuitOwner::with);
            }
            for (PublisherSettings publisher : publishers) {
                // The blocking part of a send comes before the delivery timeout begins.
                Duration longest = publisher.maxBlock().plus(publisher.deliveryTimeout());
                owners.merge(
                        publisher.circuit(), new CircuitOwner(CircuitKind.PUBLISHER, longest, 0), CircuitOwner::with);
            }
            return owners;
        }
    }

    private Clients clients(KafkaReader kafkaReader) {
        List<PublisherSettings> publishers = publishers(kafkaReader);
        DrainerReader drainerReader = new DrainerReader(view, findings, kafkaReader, instance);
        List<String> drainerNames = names.declared("tidegate.drainers");
        Map<String, DownstreamSettings> downstreams = downstreams(drainerNames, drainerReader);
        Set<String> publisherNames = new LinkedHashSet<>();
        publishers.forEach(publisher -> publisherNames.add(publisher.name()));
        // Defaults are checked too where nobody inherits them.
        drainerReader.read("defaults", publisherNames, downstreams);
        List<DrainerSettings> drainers = drainerNames.stream()
                .map(name -> drainerReader.read(name, publisherNames, downstreams))
                .toList();
        names.refuseShared(drainers, publishers);
        return new Clients(drainers, publishers, downstreams);
    }

    private List<PublisherSettings> publishers(KafkaReader kafkaReader) {
        PublisherReader reader = new PublisherReader(view, findings, kafkaReader);
        reader.read("defaults");
        return names.declared("tidegate.publishers").stream().map(reader::read).toList();
    }

    private Map<String, DownstreamSettings> downstreams(List<String> drainerNames, DrainerReader drainerReader) {
        DownstreamReader reader = new DownstreamReader(view, findings);
        reader.read("defaults");
        Map<String, DownstreamSettings> downstreams = new TreeMap<>();
        downstreams.put("default", reader.read("default"));
        drainerNames.stream()
                .map(drainerReader::downstreamOf)
                .forEach(name -> downstreams.computeIfAbsent(name, reader::read));
        return downstreams;
    }

    private Map<String, CircuitSettings> circuits(CircuitReader reader, Map<String, CircuitOwner> owners) {
        Map<String, CircuitSettings> circuits = new TreeMap<>();
        owners.forEach((name, owner) -> circuits.put(name, reader.read(name, owner)));
        Set<String> custom = new TreeSet<>(names.configuredCircuits());
        custom.removeAll(owners.keySet());
        for (String name : custom) {
            circuits.put(name, reader.read(name, null));
            Nearest.to(name, owners.keySet())
                    .ifPresent(nearest -> findings.warn("tidegate.circuit." + name
                            + ".… is set, but no drainer or publisher has that circuit; it holds for an application's"
                            + " own circuit of that name (the nearest in use is " + nearest + ")"));
        }
        return circuits;
    }

    private StoreSettings store() {
        return new StoreSettings(
                top.get(
                        "store.poll-interval",
                        Durations.between("PT0.1S", "PT1M"),
                        StoreSettings.DEFAULTS.pollInterval()),
                top.get("store.timeout", Durations.between("PT0.05S", "PT2S"), StoreSettings.DEFAULTS.timeout()),
                top.get("store.push", Texts.BOOLEAN, StoreSettings.DEFAULTS.isPushed()),
                top.get(
                        "store.report-interval",
                        Durations.between("PT0.2S", "PT1M"),
                        StoreSettings.DEFAULTS.reportInterval()));
    }

    private RetentionSettings retention() {
        return new RetentionSettings(
                top.getLater("store.history-retention", Durations.retention(), Duration.ofDays(90)),
                top.getLater("store.audit-retention", Durations.retention(), Duration.ofDays(365)));
    }

    private HealthSettings health() {
        return new HealthSettings(
                top.get("health.degraded-ready", Texts.BOOLEAN, true),
                // Longer than a poll thread may wait for a last commit.
                top.get("health.stuck-after", Durations.between("PT10S", "PT1H"), Duration.ofMinutes(1)));
    }

    private AdminSettings admin() {
        return new AdminSettings(
                top.getLater("admin.login-attempts", Numbers.integer(1, 100), 5),
                top.getLater("admin.login-delay", Durations.between("PT0.1S", "PT1M"), Duration.ofSeconds(1)));
    }

    private @Nullable String server() {
        Section server = new Section(view, findings, List.of(""));
        server.find("HTTP_PORT", PORT);
        server.find("HTTPS_PORT", PORT);
        return new DatabaseCheck(view, findings).read();
    }
}
