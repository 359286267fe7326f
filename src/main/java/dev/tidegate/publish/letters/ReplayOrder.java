package dev.tidegate.publish.letters;

import java.util.List;

/**
 * An operator's order to send letters to where they came from.
 *
 * @param letters at most {@value #MOST}
 * @param isDryRun whether it is only told what would be done
 * @param isAgain whether letters go again that were replayed or discarded before
 * @param perSecond the most letters to send in a second
 * @param actor who orders it
 * @param reason why, never blank
 */
public record ReplayOrder(
        List<LetterRef> letters, boolean isDryRun, boolean isAgain, int perSecond, String actor, String reason) {
    public static final int MOST = 1_000;

    public ReplayOrder {
        letters = letters.stream().distinct().toList();
        if (letters.size() > MOST) {
            throw new IllegalArgumentException(
                    "one order takes at most " + MOST + " letters, not " + letters.size() + ": send several");
        }
        if (perSecond < 1 || perSecond > 10_000) {
            throw new IllegalArgumentException("perSecond is 1 to 10000, not " + perSecond);
        }
        if (actor.isBlank() || reason.isBlank()) {
            throw new IllegalArgumentException("a replay needs an actor and a reason, for it is kept");
        }
    }
}
