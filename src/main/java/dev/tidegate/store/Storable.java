package dev.tidegate.store;

import dev.tidegate.core.CircuitRecord;
import dev.tidegate.core.HistoryEntry;
import dev.tidegate.core.Lease;
import dev.tidegate.core.OperatorOverride;
import dev.tidegate.core.Ruling;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Brings what the protocol ruled into the form that every database keeps unchanged, so that what a write answers equals
 * what a later read finds: instants in whole microseconds, text without NUL (PostgreSQL refuses it) and without half a
 * surrogate pair (a driver would turn it into another character).
 */
final class Storable {
    private static final char REPLACEMENT = '\uFFFD';

    private Storable() {}

    static Instant instant(Instant exact) {
        return exact.truncatedTo(ChronoUnit.MICROS);
    }

    static @Nullable Instant instantOrNull(@Nullable Instant exact) {
        return exact == null ? null : instant(exact);
    }

    static Ruling.Write write(Ruling.Write exact) {
        HistoryEntry entry = exact.entry();
        return new Ruling.Write(row(exact.row()), entry == null ? null : entry(entry));
    }

    private static CircuitRecord row(CircuitRecord exact) {
        Lease lease = exact.lease();
        return new CircuitRecord(
                exact.name(),
                exact.version(),
                exact.fence(),
                exact.state(),
                instant(exact.since()),
                instantOrNull(exact.retryAt()),
                exact.failedRounds(),
                exact.cause(),
                textOrNull(exact.detail()),
                exact.counts(),
                textOrNull(exact.lastError()),
                lease == null
                        ? null
                        : new Lease(text(lease.owner()), instant(lease.until()), lease.succeeded(), lease.neutral()),
                override(exact.override()),
                text(exact.writer()));
    }

    private static @Nullable OperatorOverride override(@Nullable OperatorOverride exact) {
        if (exact == null) {
            return null;
        }
        return new OperatorOverride(
                exact.kind(), text(exact.actor()), text(exact.reason()), instantOrNull(exact.until()), exact.id());
    }

    private static HistoryEntry entry(HistoryEntry exact) {
        return new HistoryEntry(
                exact.circuit(),
                exact.version(),
                exact.fence(),
                exact.kind(),
                exact.from(),
                exact.to(),
                exact.cause(),
                textOrNull(exact.detail()),
                textOrNull(exact.actor()),
                text(exact.instance()),
                exact.token(),
                instant(exact.at()));
    }

    private static @Nullable String textOrNull(@Nullable String exact) {
        return exact == null ? null : text(exact);
    }

    static String text(String exact) {
        for (int at = 0; at < exact.length(); at++) {
            if (!isKept(exact, at)) {
                return replaced(exact);
            }
        }
        return exact;
    }

    private static String replaced(String exact) {
        StringBuilder kept = new StringBuilder(exact.length());
        for (int at = 0; at < exact.length(); at++) {
            kept.append(isKept(exact, at) ? exact.charAt(at) : REPLACEMENT);
        }
        return kept.toString();
    }

    private static boolean isKept(String text, int at) {
        char unit = text.charAt(at);
        if (unit == 0) {
            return false;
        }
        if (Character.isHighSurrogate(unit)) {
            return at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1));
        }
        return !Character.isLowSurrogate(unit) || (at > 0 && Character.isHighSurrogate(text.charAt(at - 1)));
    }
}
