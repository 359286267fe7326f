package dev.tidegate.wiring;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which keys change while the instance runs. */
final class LiveKeys {
    private static final Pattern OWNED = Pattern.compile("tidegate\\.(circuit|drainer)\\.[^.]+\\.([^.]+)");
    private static final Set<String> OF_DRAINERS =
            Set.of("concurrency", "max-attempts", "retry-delay", "retry-max-delay");
    private static final Set<String> OF_CIRCUITS = Set.of(
            "failure-threshold",
            "failure-ratio",
            "sampling-duration",
            "sampling-calls",
            "minimum-throughput",
            "slow-call-duration",
            "slow-call-ratio",
            "break-duration",
            "break-multiplier",
            "break-max",
            "probes",
            "successes-to-close",
            "neutral-to-close",
            "ramp-up",
            "ramp-up-concurrency",
            "observing");

    private LiveKeys() {}

    static boolean include(String key) {
        Matcher parts = OWNED.matcher(key);
        if (!parts.matches()) {
            return false;
        }
        return (parts.group(1).equals("circuit") ? OF_CIRCUITS : OF_DRAINERS).contains(parts.group(2));
    }
}
