package dev.tidegate.core;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The changes of an operator's override: they move the version and no epoch, and compare the override's own id. */
final class OverrideEdges {
    private OverrideEdges() {}

    static Ruling set(CircuitRecord row, Decision.SetOverride change, Instant now) {
        OperatorOverride held = inForce(row, now);
        if (!Objects.equals(held == null ? null : held.id(), change.replaces())) {
            return new Ruling.Lost(
                    "the override in force is " + held + ", the change was made for " + change.replaces());
        }
        Instant until = change.lasts() == null ? null : now.plus(change.lasts());
        OperatorOverride next =
                new OperatorOverride(change.kind(), change.actor(), change.reason(), until, row.version() + 1);
        return overridden(row, change, now, next, change.actor(), change.reason());
    }

    static Ruling end(CircuitRecord row, Decision.EndOverride change, Instant now) {
        OperatorOverride held = row.override();
        if (held == null || held.id() != change.id()) {
            return new Ruling.Lost("the override is " + held + ", not the one set at version " + change.id());
        }
        if (change.actor() == null && held.isInForceAt(now)) {
            return new Ruling.Lost("the override holds until " + held.until() + ", now is " + now);
        }
        String why = change.actor() == null ? "its end passed" : change.reason();
        return overridden(row, change, now, null, change.actor(), why);
    }

    private static Ruling overridden(
            CircuitRecord row,
            Decision decision,
            Instant now,
            @Nullable OperatorOverride next,
            @Nullable String actor,
            @Nullable String why) {
        CircuitRecord written = row.withOverride(next);
        HistoryEntry entry = new HistoryEntry(
                row.name(),
                written.version(),
                row.fence(),
                HistoryEntry.Kind.OVERRIDE,
                overrideName(row.override()),
                overrideName(next),
                row.cause(),
                why,
                actor,
                decision.instance(),
                decision.token(),
                now);
        return new Ruling.Write(written, entry);
    }

    private static String overrideName(@Nullable OperatorOverride override) {
        return override == null ? "NONE" : override.kind().name();
    }

    private static @Nullable OperatorOverride inForce(CircuitRecord row, Instant now) {
        OperatorOverride held = row.override();
        return held != null && held.isInForceAt(now) ? held : null;
    }
}
