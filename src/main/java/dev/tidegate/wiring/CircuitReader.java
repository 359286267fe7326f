package dev.tidegate.wiring;

import dev.tidegate.core.CircuitPolicy;
import dev.tidegate.core.RampUp;
import dev.tidegate.core.SlowCalls;
import dev.tidegate.guard.CircuitKind;
import dev.tidegate.guard.Classification;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code tidegate.circuit.<x>.…}. */
final class CircuitReader {
    /** Every key of a circuit, by last part: what environment variables of circuits are recognised by. */
    static final List<String> KEYS = List.of(
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
            "call-timeout",
            "lease",
            "health-probe",
            "neutral-to-close",
            "ramp-up",
            "ramp-up-concurrency",
            "observing",
            "record-on",
            "ignore-on",
            "success-on");

    private static final CircuitPolicy DEFAULTS = CircuitPolicy.DEFAULTS;
    private static final int RAMP_UP_CONCURRENCY = 16;
    private static final Duration LEASE_OVER_CALL_BY_DEFAULT = Duration.ofSeconds(5);
    private static final SettingType<Duration> CALL = Durations.between("PT0.001S", "PT1H");
    private static final SettingType<Duration> BREAK = Durations.between("PT0.1S", "P1D");

    private final ConfigView view;
    private final Findings findings;

    CircuitReader(ConfigView view, Findings findings) {
        this.view = view;
        this.findings = findings;
    }

    /** @param owner {@code null} for a circuit of an application */
    CircuitSettings read(String name, @Nullable CircuitOwner owner) {
        Section section = Section.of(view, findings, "circuit", name);
        CircuitPolicy policy = policy(section, name, owner);
        return new CircuitSettings(
                name,
                owner == null ? CircuitKind.CUSTOM : owner.kind(),
                policy,
                section.find("health-probe", Texts.ANY),
                Classification.of(
                        section.get("record-on", Texts.CLASS_NAME.list(), List.of()),
                        section.get("ignore-on", Texts.CLASS_NAME.list(), List.of()),
                        section.get("success-on", Texts.CLASS_NAME.list(), List.of())),
                section.values());
    }

    private CircuitPolicy policy(Section section, String name, @Nullable CircuitOwner owner) {
        int threshold = section.get("failure-threshold", Numbers.integer(0, 10_000), DEFAULTS.failureThreshold());
        Double ratio = section.find("failure-ratio", Numbers.RATIO);
        Duration breakDuration = section.get("break-duration", BREAK, DEFAULTS.breakDuration());
        Duration breakMax = section.get("break-max", BREAK, DEFAULTS.breakMax());
        Duration callTimeout = callTimeout(section, name, owner);
        Duration lease = lease(section, name, callTimeout);
        SlowCalls slow = slowCalls(section);
        boolean isNothingToTrip = threshold == 0 && ratio == null && slow == null;
        if (isNothingToTrip) {
            section.reject(
                    "failure-threshold",
                    threshold,
                    "0 switches consecutive failures off, and neither a failure ratio nor a slow-call ratio is set, so"
                            + " nothing would ever trip; set " + section.key("failure-ratio")
                            + " or a threshold from 1 to 10000");
        }
        int minimum = section.get("minimum-throughput", Numbers.integer(1, 1_000_000), DEFAULTS.minimumThroughput());
        if (breakMax.compareTo(breakDuration) < 0) {
            section.reject(
                    "break-max",
                    breakMax,
                    "is below " + section.key("break-duration") + " = " + breakDuration
                            + "; allowed is at least the break duration");
        }
        return new CircuitPolicy(
                isNothingToTrip ? DEFAULTS.failureThreshold() : threshold,
                ratio,
                section.get("sampling-duration", Durations.between("PT1S", "PT1H"), DEFAULTS.samplingDuration()),
                minimum,
                breakDuration,
                section.get("break-multiplier", Numbers.decimal(1, 10), DEFAULTS.breakMultiplier()),
                breakMax.compareTo(breakDuration) < 0 ? breakDuration : breakMax,
                section.get("probes", Numbers.integer(1, 100), DEFAULTS.probes()),
                section.get("successes-to-close", Numbers.integer(1, 100), DEFAULTS.successesToClose()),
                section.get("neutral-to-close", Numbers.integer(1, 1_000), DEFAULTS.neutralToClose()),
                callTimeout,
                lease,
                samplingCalls(section, minimum),
                slow,
                rampUp(section, name, owner),
                section.get("observing", Texts.BOOLEAN, false));
    }

    private @Nullable RampUp rampUp(Section section, String name, @Nullable CircuitOwner owner) {
        Duration lasts = section.get("ramp-up", Durations.between("PT0S", "PT1H"), Duration.ZERO);
        int concurrency = section.get("ramp-up-concurrency", Numbers.integer(1, 10_000), RAMP_UP_CONCURRENCY);
        if (owner != null && owner.concurrency() > 0) {
            if (section.isOwn("ramp-up-concurrency")) {
                findings.warn(section.key("ramp-up-concurrency") + " has no effect: circuit '" + name
                        + "' belongs to a drainer, whose own concurrency makes it " + owner.concurrency());
            }
            concurrency = owner.concurrency();
            section.show("ramp-up-concurrency", Integer.toString(concurrency), "concurrency of its drainer");
        }
        return lasts.isZero() ? null : new RampUp(lasts, concurrency);
    }

    private static @Nullable Integer samplingCalls(Section section, int minimum) {
        Integer calls = section.find("sampling-calls", Numbers.integer(1, 10_000));
        if (calls == null || calls >= minimum) {
            return calls;
        }
        section.reject(
                "sampling-calls",
                calls,
                "is below " + section.key("minimum-throughput") + " = " + minimum
                        + ", which a window of so few calls never holds, so nothing would ever trip; allowed is at least"
                        + " the minimum throughput");
        return null;
    }

    private static @Nullable SlowCalls slowCalls(Section section) {
        Duration from = section.find("slow-call-duration", CALL);
        Double ratio = section.find("slow-call-ratio", Numbers.RATIO);
        if (from != null && ratio != null) {
            return new SlowCalls(from, ratio);
        }
        if (from != null && !section.isSet("slow-call-ratio")) {
            section.reject(
                    "slow-call-duration",
                    from,
                    "says which calls are slow, but not how many of them trip; set " + section.key("slow-call-ratio")
                            + " too, or remove the key");
        }
        if (ratio != null && !section.isSet("slow-call-duration")) {
            section.reject(
                    "slow-call-ratio",
                    ratio,
                    "says how many slow calls trip, but not which are slow; set " + section.key("slow-call-duration")
                            + " too, or remove the key");
        }
        return null;
    }

    private Duration callTimeout(Section section, String name, @Nullable CircuitOwner owner) {
        Duration given = section.get("call-timeout", CALL, DEFAULTS.callTimeout());
        if (owner == null) {
            return given;
        }
        if (section.isOwn("call-timeout")) {
            findings.warn(section.key("call-timeout") + " holds for circuits of an application; circuit '" + name
                    + "' belongs to a " + Findings.text(owner.kind()) + ", whose own timeout makes it "
                    + owner.callTimeout());
        }
        section.show("call-timeout", owner.callTimeout().toString(), "timeout of its " + Findings.text(owner.kind()));
        return owner.callTimeout();
    }

    private Duration lease(Section section, String name, Duration callTimeout) {
        Duration byDefault = callTimeout.plus(LEASE_OVER_CALL_BY_DEFAULT);
        Duration least = callTimeout.plus(CircuitPolicy.LEASE_OVER_CALL);
        Duration lease = section.get("lease", Durations.between("PT2S", "PT3H"), byDefault);
        if (lease.compareTo(least) >= 0) {
            return lease;
        }
        section.reject(
                "lease",
                lease,
                "circuit '" + name + "' has a call timeout of " + callTimeout + "; allowed is at least that plus "
                        + CircuitPolicy.LEASE_OVER_CALL + ", so " + least + " (remove the key for " + byDefault + ")");
        return byDefault;
    }
}
