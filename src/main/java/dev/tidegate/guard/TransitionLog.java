package dev.tidegate.guard;

import dev.tidegate.core.AutomaticState;
import dev.tidegate.core.CircuitRecord;
import dev.tidegate.core.Decision;
import dev.tidegate.core.OperatorOverride;
import org.jspecify.annotations.Nullable;

/** One structured line per edge and override change, by the instance that made it. */
final class TransitionLog {
    private static final System.Logger LOG = System.getLogger("dev.tidegate.transitions");

    private TransitionLog() {}

    static void committed(Decision decision, CircuitRecord row) {
        if (decision.isEdge() && row.fence().token().equals(decision.token())) {
            System.Logger.Level level =
                    row.state() == AutomaticState.OPEN ? System.Logger.Level.WARNING : System.Logger.Level.INFO;
            LOG.log(
                    level,
                    () -> "TIDEGATE1001 circuit=" + row.name() + " state=" + row.state() + " epoch=" + row.epoch()
                            + " cause=" + row.cause() + " failedRounds=" + row.failedRounds() + " instance="
                            + row.writer()
                            + (row.retryAt() == null ? "" : " retryAt=" + row.retryAt())
                            + (decision instanceof Decision.Reset reset
                                    ? " actor=\"" + oneLine(reset.actor()) + "\""
                                    : "")
                            + (row.detail() == null ? "" : " detail=\"" + oneLine(row.detail()) + "\""));
        } else if (decision.isEdge()) {
            // Its answer came so late that others have already built on it.
            LOG.log(
                    System.Logger.Level.INFO,
                    () -> "TIDEGATE1001 circuit=" + row.name() + " edge="
                            + decision.getClass().getSimpleName() + " base="
                            + decision.base().epoch() + " instance="
                            + decision.instance());
        } else if (decision instanceof Decision.SetOverride set) {
            overridden(row, set.kind().name(), set.actor(), set.reason());
        } else if (decision instanceof Decision.EndOverride end) {
            overridden(row, "NONE", end.actor(), end.reason() == null ? "its end passed" : end.reason());
        }
    }

    private static void overridden(CircuitRecord row, String kind, @Nullable String actor, String reason) {
        OperatorOverride now = row.override();
        LOG.log(
                System.Logger.Level.WARNING,
                () -> "TIDEGATE1002 circuit=" + row.name() + " override=" + kind + " version=" + row.version()
                        + (actor == null ? "" : " actor=\"" + oneLine(actor) + "\"")
                        + (now == null || now.until() == null ? "" : " until=" + now.until())
                        + " reason=\"" + oneLine(reason) + "\"");
    }

    // A detail may hold an answer's text: it must not be able to forge a line of the log.
    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\"]", " ");
    }
}
