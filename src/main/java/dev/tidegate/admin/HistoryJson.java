package dev.tidegate.admin;

import dev.tidegate.core.HistoryEntry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One edge or one change of an override. */
public record HistoryJson(
        String circuit,
        long version,
        long epoch,
        String kind,
        String from,
        String to,
        String cause,
        @Nullable String detail,
        @Nullable String actor,
        String instance,
        Instant at) {
    static HistoryJson of(HistoryEntry entry) {
        return new HistoryJson(
                entry.circuit().value(),
                entry.version(),
                entry.fence().epoch(),
                entry.kind().name(),
                entry.from(),
                entry.to(),
                entry.cause().name(),
                entry.detail(),
                entry.actor(),
                entry.instance(),
                entry.at());
    }
}
