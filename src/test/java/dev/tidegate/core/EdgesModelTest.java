package dev.tidegate.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Seeded scripts of decisions, right ones and stale ones, against a model that knows the table only as plain conditions. */
class EdgesModelTest {
    private static final int SCRIPTS = 3_000;
    private static final int STEPS = 60;

    /** What the table says, told with five variables and no records. */
    private static final class Model {
        private String state = "CLOSED";
        private long epoch;
        private long deadline;
        private boolean isIsolated;

        boolean apply(int edge, long base, long now) {
            boolean isAllowed = base == epoch
                    && !isIsolated
                    && (switch (edge) {
                        case 0 -> state.equals("CLOSED");
                        case 1 -> state.equals("OPEN") && now >= deadline;
                        case 2 -> state.equals("HALF_OPEN") && now >= deadline;
                        case 3, 4, 5, 6 -> state.equals("HALF_OPEN") && now < deadline;
                        default -> throw new IllegalArgumentException("no edge " + edge);
                    });
            if (isAllowed) {
                carryOut(edge, now);
            }
            return isAllowed;
        }

        private void carryOut(int edge, long now) {
            switch (edge) {
                case 0, 4 -> become("OPEN", now + 30);
                case 1, 2 -> become("HALF_OPEN", now + 60);
                case 3 -> become("CLOSED", 0);
                case 5 -> deadline = now + 60;
                default -> deadline = now;
            }
        }

        private void become(String next, long until) {
            state = next;
            deadline = until;
            epoch++;
        }
    }

    @Test
    void every_script_of_decisions_ends_where_the_model_ends() {
        for (long seed = 0; seed < SCRIPTS; seed++) {
            run(seed);
        }
    }

    private static void run(long seed) {
        Random random = new Random(seed);
        Model model = new Model();
        Instant start = Rows.NOW;
        CircuitRecord row = CircuitRecord.created(Rows.ORDERS, start);
        long now = 0;
        Fence older = row.fence();
        for (int step = 0; step < STEPS; step++) {
            now += random.nextInt(25);
            Instant storeNow = start.plusSeconds(now);
            if (random.nextInt(12) == 0) {
                row = toggleIsolation(row, storeNow, step);
                model.isIsolated = !model.isIsolated;
                continue;
            }
            boolean isStale = random.nextInt(6) == 0;
            Fence base = isStale ? older : row.fence();
            int edge = random.nextInt(7);
            boolean isAllowed = model.apply(edge, base.epoch(), now);
            Ruling ruling = Edges.rule(row, decision(edge, base, "t" + step), storeNow);
            String where = "seed " + seed + ", step " + step;
            assertThat(ruling instanceof Ruling.Write).as(where).isEqualTo(isAllowed);
            if (ruling instanceof Ruling.Write write) {
                older = row.fence();
                row = write.row();
            }
            assertThat(row.state().name()).as(where).isEqualTo(model.state);
            assertThat(row.epoch()).as(where).isEqualTo(model.epoch);
        }
    }

    private static CircuitRecord toggleIsolation(CircuitRecord row, Instant storeNow, int step) {
        OperatorOverride held = row.override();
        Decision change = held == null
                ? new Decision.SetOverride(
                        Rows.ORDERS,
                        row.fence(),
                        "o" + step,
                        "a",
                        OperatorOverride.Kind.ISOLATED,
                        "op",
                        "because",
                        null,
                        null)
                : new Decision.EndOverride(Rows.ORDERS, row.fence(), "o" + step, "a", held.id(), "op", "done");
        return ((Ruling.Write) Edges.rule(row, change, storeNow)).row();
    }

    private static Decision decision(int edge, Fence base, String token) {
        Duration lease = Duration.ofMinutes(1);
        Duration lasts = Duration.ofSeconds(30);
        return switch (edge) {
            case 0 ->
                new Decision.Trip(
                        Rows.ORDERS, base, token, "a", Cause.CONSECUTIVE_FAILURES, "", lasts, 1, Counts.NONE, null);
            case 1 -> new Decision.Claim(Rows.ORDERS, base, token, "a", Cause.BREAK_OVER, lease);
            case 2 -> new Decision.Takeover(Rows.ORDERS, base, token, "a", Cause.LEASE_EXPIRED, lease);
            case 3 -> new Decision.Close(Rows.ORDERS, base, token, "a", Cause.PROBES_SUCCEEDED, "", 0);
            case 4 -> new Decision.Reopen(Rows.ORDERS, base, token, "a", "", lasts, 2, null);
            case 5 -> new Decision.Renew(Rows.ORDERS, base, token, "a", lease, 1, 0);
            default -> new Decision.GiveBack(Rows.ORDERS, base, token, "a");
        };
    }
}
