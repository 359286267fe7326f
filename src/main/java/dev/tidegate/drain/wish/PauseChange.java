package dev.tidegate.drain.wish;

/**
 * What an operator wants of a drainer on every instance, as a value that is checked, carried out and audited; see
 * {@link DrainerOperator}.
 *
 * @param isPaused whether it shall be paused; otherwise what an operator paused goes on
 * @param seen the version of the wish that it replaces; 0 where none was ever made
 * @param actor who wants it; never blank
 * @param reason why; never blank, at most 500 characters
 */
public record PauseChange(String drainer, boolean isPaused, long seen, String actor, String reason) {
    static final int LONGEST_REASON = 500;

    public PauseChange {
        if (seen < 0) {
            throw new IllegalArgumentException(
                    "a wish of drainer " + drainer + " replaces a version from 0, not " + seen);
        }
        check(drainer, actor, reason);
    }

    static void check(String drainer, String actor, String reason) {
        if (actor.isBlank() || reason.isBlank()) {
            throw new IllegalArgumentException(
                    "a change of drainer " + drainer + " by hand needs who wants it and why");
        }
        if (reason.length() > LONGEST_REASON) {
            throw new IllegalArgumentException("the reason for a change of drainer " + drainer + " has at most "
                    + LONGEST_REASON + " characters, got " + reason.length());
        }
    }
}
