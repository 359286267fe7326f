package dev.tidegate.wiring;

import dev.tidegate.drain.http.DownstreamSettings;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads {@code tidegate.downstream.<x>.…}. */
final class DownstreamReader {
    private static final SettingType<Duration> TIMEOUT = Durations.between("PT0.001S", "PT1H");
    private static final Set<Integer> BUSY = Set.of(409, 423);
    // Statuses of the caller or the route rather than of one record: they hit every record.
    private static final Set<Integer> FAILED = Set.of(401, 403, 404, 405, 407, 408, 425, 429);
    private static final Set<String> CLIENTS_OWN_HEADERS =
            Set.of("connection", "content-length", "content-type", "expect", "host", "transfer-encoding", "upgrade");

    private final ConfigView view;
    private final Findings findings;

    DownstreamReader(ConfigView view, Findings findings) {
        this.view = view;
        this.findings = findings;
    }

    DownstreamSettings read(String name) {
        Section section = Section.of(view, findings, "downstream", name);
        URI baseUrl = section.get("base-url", Texts.URL, URI.create("http://localhost:8080"));
        String path = section.get("path", path("/{drainer}"), "/{drainer}");
        String contentType = section.get("content-type", Texts.ANY, "application/octet-stream");
        Duration timeout = section.get("timeout", TIMEOUT, Duration.ofSeconds(30));
        String healthPath = section.find("health-path", path("/health"));
        Duration healthInterval =
                section.get("health-interval", Durations.between("PT0.1S", "PT1H"), Duration.ofSeconds(10));
        String client = section.get("client", Texts.ANY, "http");
        Statuses statuses = statuses(section);
        return new DownstreamSettings(
                name,
                baseUrl,
                path,
                contentType,
                timeout,
                healthPath,
                healthInterval,
                client,
                headers(name),
                statuses.rejected(),
                statuses.busy(),
                statuses.failed());
    }

    private static SettingType<String> path(String example) {
        return new SettingType<>("a path beginning with '/', such as " + example, text -> {
            String plain = text.replace("{drainer}", "").replace("{topic}", "");
            if (!text.startsWith("/") || plain.matches("(?s).*[{}?#\\s\\\\].*")) {
                throw new NotAllowedException("allowed is a path beginning with '/', without query, spaces or"
                        + " placeholders other than {drainer} and {topic}, such as " + example);
            }
            return text;
        });
    }

    private record Statuses(Set<Integer> rejected, Set<Integer> busy, Set<Integer> failed) {}

    // A status that is listed moves to that list; every other one stays where it is by default.
    private Statuses statuses(Section section) {
        List<Integer> rejected = listed(section, "rejected-statuses");
        List<Integer> busy = listed(section, "busy-statuses");
        List<Integer> failed = listed(section, "failed-statuses");
        refuseShared(section, "busy-statuses", busy, "rejected-statuses", rejected);
        refuseShared(section, "failed-statuses", failed, "rejected-statuses", rejected);
        refuseShared(section, "failed-statuses", failed, "busy-statuses", busy);
        Set<Integer> otherClientErrors = new TreeSet<>();
        IntStream.range(400, 500)
                .filter(status -> !BUSY.contains(status) && !FAILED.contains(status))
                .forEach(otherClientErrors::add);
        return new Statuses(
                moved(otherClientErrors, rejected, busy, failed),
                moved(BUSY, busy, rejected, failed),
                moved(FAILED, failed, rejected, busy));
    }

    private static List<Integer> listed(Section section, String name) {
        @Nullable List<Integer> listed = section.find(name, Numbers.STATUS.list());
        return listed == null ? List.of() : listed;
    }

    private static void refuseShared(
            Section section, String name, List<Integer> statuses, String otherName, List<Integer> others) {
        for (int status : statuses) {
            if (others.contains(status)) {
                section.reject(name, statuses, "status " + status + " is in " + section.key(otherName) + " too");
            }
        }
    }

    private static Set<Integer> moved(
            Set<Integer> byDefault, List<Integer> listed, List<Integer> others, List<Integer> moreOthers) {
        Set<Integer> statuses = new HashSet<>(byDefault);
        others.forEach(statuses::remove);
        moreOthers.forEach(statuses::remove);
        statuses.addAll(listed);
        return statuses;
    }

    private Map<String, String> headers(String name) {
        OpenKeys openKeys = new OpenKeys(view, findings);
        Map<String, String> headers = new HashMap<>();
        for (String owner : List.of("defaults", name)) {
            String prefix = "tidegate.downstream." + owner + ".header.";
            openKeys.read(List.of(prefix), openKeys.environmentParts(prefix)).forEach((header, value) -> {
                findings.value(new SettingValue(value.key(), KafkaReader.HIDDEN, value.source()));
                checkHeader(header, value);
                headers.put(header.toLowerCase(Locale.ROOT), value.value());
            });
        }
        return headers;
    }

    private void checkHeader(String header, SettingValue value) {
        String hidden = value.value().isEmpty() ? "" : KafkaReader.HIDDEN;
        if (!header.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")) {
            findings.error(value.key(), hidden, value.source(), "'" + header + "' is not a header name");
        }
        if (CLIENTS_OWN_HEADERS.contains(header.toLowerCase(Locale.ROOT))) {
            findings.error(
                    value.key(), hidden, value.source(), "'" + header + "' is set by the HTTP client; remove the key");
        }
        if (!value.value().matches("[\\x21-\\x7e]([\\x20-\\x7e]*[\\x21-\\x7e])?")) {
            findings.error(
                    value.key(),
                    hidden,
                    value.source(),
                    "allowed is printable ASCII, not empty, without a space at begin or end");
        }
    }
}
