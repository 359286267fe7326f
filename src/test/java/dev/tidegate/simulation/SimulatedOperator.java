package dev.tidegate.simulation;

import dev.tidegate.core.CircuitRecord;
import dev.tidegate.core.CircuitStore;
import dev.tidegate.core.Decision;
import dev.tidegate.core.OperatorOverride;
import dev.tidegate.core.OperatorOverride.Kind;
import dev.tidegate.core.Submission;
import dev.tidegate.store.StoreLink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who isolates, bypasses, extends, releases and resets at random, through whichever instance answers; most overrides
 * simply end, also while the store is away.
 */
final class SimulatedOperator {
    /** What the operator was told of one change, and in which life of the store. */
    record Told(Decision change, StoreLink.Carried answer, int restores) {
        boolean isDone() {
            return answer.answer() instanceof Submission.Applied;
        }

        /** Whether it may be either way. */
        boolean isOpen() {
            return answer.wasSent() && answer.answer() instanceof Submission.Away;
        }
    }

    private final Random random;
    private final List<Told> told = new ArrayList<>();

    SimulatedOperator(Random random) {
        this.random = random;
    }

    /** Everything that was answered so far. */
    List<Told> told() {
        return told;
    }

    /** Changes something by what that instance shows. */
    void act(SimulatedInstance by, RestorableStore store, Instant now) {
        CircuitRecord seen = by.snapshot().record();
        int restores = store.restores();
        Decision change = change(seen, now);
        told.add(new Told(change, by.operate(change), restores));
    }

    private Decision change(CircuitRecord seen, Instant now) {
        if (random.nextInt(8) == 0) {
            return new Decision.Reset(seen.name(), seen.fence(), token(), "api", "anna", "starts anew");
        }
        OperatorOverride held = seen.override();
        boolean isHeld = held != null && held.isInForceAt(now);
        if (isHeld && random.nextInt(3) == 0) {
            return release(seen, held);
        }
        return hold(seen, isHeld ? held : null);
    }

    /** Isolates, whatever an instance is about to write. */
    void isolate(CircuitStore store, CircuitRecord row, Instant now) {
        OperatorOverride held = row.override();
        if (held == null || !held.isInForceAt(now)) {
            store.write(set(row, Kind.ISOLATED, null, Duration.ofMillis(500)));
        }
    }

    /** Releases what is in force. */
    void release(CircuitStore store, CircuitRecord row) {
        if (row.override() != null) {
            store.write(release(row, row.override()));
        }
    }

    private Decision release(CircuitRecord row, OperatorOverride held) {
        return new Decision.EndOverride(row.name(), row.fence(), token(), "api", held.id(), "anna", "is done");
    }

    // The other kind follows as often as the same one is extended; few hold until they are released.
    private Decision hold(CircuitRecord row, @Nullable OperatorOverride held) {
        Kind kind = random.nextBoolean() ? Kind.ISOLATED : Kind.BYPASSED;
        Duration lasts = random.nextInt(8) == 0 ? null : Duration.ofMillis(100 + random.nextInt(4_000));
        return set(row, kind, held, lasts);
    }

    private Decision set(CircuitRecord row, Kind kind, @Nullable OperatorOverride replaced, @Nullable Duration lasts) {
        Long replaces = replaced == null ? null : Long.valueOf(replaced.id());
        return new Decision.SetOverride(
                row.name(), row.fence(), token(), "api", kind, "anna", "tries it out", lasts, replaces);
    }

    private String token() {
        return "op" + Long.toHexString(random.nextLong());
    }
}
