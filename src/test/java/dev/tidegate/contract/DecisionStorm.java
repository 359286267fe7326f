package dev.tidegate.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.core.CircuitName;
import dev.tidegate.core.CircuitRecord;
import dev.tidegate.core.CircuitStore;
import dev.tidegate.core.Decision;
import dev.tidegate.core.OperatorOverride;
import dev.tidegate.core.StoreException;
import dev.tidegate.core.WriteResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** One instance that decides at random, often on a row that is stale, and keeps account of the answers. */
public final class DecisionStorm {
    // A store in memory takes a million in a second, and all of them are kept for the check.
    private static final int MOST_DECISIONS = 2_000;
    private static final Duration SHORT = Duration.ofMillis(1);

    private final CircuitStore store;
    private final CircuitName circuit;
    private final Decide decide;

    public DecisionStorm(CircuitStore store, CircuitName circuit, String instance) {
        this.store = store;
        this.circuit = circuit;
        this.decide = new Decide(instance);
    }

    /** Decisions by what was answered to them. */
    public record Observed(List<Decision> committed, List<Decision> notWritten, List<Decision> unknown) {}

    /** Decides and writes until told to end, 2,000 times at most; checks that no later read shows an older row. */
    public Observed rage(long seed, BooleanSupplier goesOn) throws StoreException {
        Random random = new Random(seed);
        Observed observed = new Observed(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        CircuitRecord row = read();
        for (int decided = 0; decided < MOST_DECISIONS && goesOn.getAsBoolean(); decided++) {
            Decision decision = next(random, row);
            WriteResult result = store.write(decision);
            keep(observed, decision, result);
            if (random.nextInt(4) != 0) {
                CircuitRecord seen = read();
                assertThat(seen.version()).as("seed %d: a read went back", seed).isGreaterThanOrEqualTo(row.version());
                row = seen;
            }
        }
        return observed;
    }

    private CircuitRecord read() throws StoreException {
        return store.read().records().get(circuit);
    }

    private Decision next(Random random, CircuitRecord row) {
        Duration lasts = random.nextInt(3) == 0 ? Duration.ZERO : SHORT;
        Long id = row.override() == null ? null : row.override().id();
        return switch (random.nextInt(20)) {
            case 0 -> decide.reset(row);
            case 1 -> decide.override(row, OperatorOverride.Kind.BYPASSED, lasts, id);
            case 2 -> decide.override(row, OperatorOverride.Kind.ISOLATED, Duration.ZERO, id);
            case 3 -> decide.release(row, id == null ? 1 : id);
            case 4 -> decide.renew(row, SHORT, 1, 0);
            case 5 -> decide.giveBack(row);
            default -> automatic(random, row, lasts);
        };
    }

    private Decision automatic(Random random, CircuitRecord row, Duration lasts) {
        return switch (row.state()) {
            case CLOSED -> decide.trip(row, lasts);
            case OPEN -> decide.claim(row, lasts.multipliedBy(20));
            case HALF_OPEN ->
                switch (random.nextInt(3)) {
                    case 0 -> decide.close(row);
                    case 1 -> decide.reopen(row, lasts);
                    default -> decide.takeover(row, lasts);
                };
        };
    }

    private static void keep(Observed observed, Decision decision, WriteResult result) {
        if (result instanceof WriteResult.Committed) {
            observed.committed().add(decision);
        } else if (result instanceof WriteResult.Unknown) {
            observed.unknown().add(decision);
        } else {
            observed.notWritten().add(decision);
        }
    }
}
