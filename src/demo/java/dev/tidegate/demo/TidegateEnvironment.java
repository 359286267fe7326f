package dev.tidegate.demo;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Tidegate's whole configuration in the demo, as environment variables: five drainers and publishers, and breaks so
 * short that a person sees a circuit open, probe and close within a minute.
 */
final class TidegateEnvironment {
    private TidegateEnvironment() {}

    static Map<String, String> of(DemoSettings settings) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("TIDEGATE_KAFKA_BOOTSTRAP_SERVERS", settings.bootstrapServers());
        environment.put("TIDEGATE_DRAINERS", String.join(",", Lines.NAMES));
        environment.put(
                "TIDEGATE_PUBLISHERS", Lines.NAMES.stream().map(Lines::done).collect(Collectors.joining(",")));
        environment.put("TIDEGATE_DOWNSTREAM_DEFAULT_BASE_URL", settings.downstreamUrl());
        environment.put("TIDEGATE_DOWNSTREAM_DEFAULT_TIMEOUT", "PT2S");
        environment.put("TIDEGATE_CIRCUIT_DEFAULTS_BREAK_DURATION", "PT5S");
        environment.put("TIDEGATE_CIRCUIT_DEFAULTS_BREAK_MAX", "PT20S");
        environment.put("TIDEGATE_DRAINER_DEFAULTS_RETRY_MAX_DELAY", "PT5S");
        environment.put("TIDEGATE_MONITOR_INTERVAL", "PT2S");
        Lines.NAMES.forEach(line -> putLine(environment, line));
        return environment;
    }

    private static void putLine(Map<String, String> environment, String line) {
        String drainer = "TIDEGATE_DRAINER_" + upper(line);
        environment.put(drainer + "_TOPICS", line);
        environment.put(drainer + "_GROUP", "demo-" + line);
        environment.put(drainer + "_DOWNSTREAM", "default");
        environment.put(drainer + "_PUBLISHER", Lines.done(line));
        environment.put("TIDEGATE_PUBLISHER_" + upper(Lines.done(line)) + "_TOPIC", Lines.done(line));
    }

    private static String upper(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
