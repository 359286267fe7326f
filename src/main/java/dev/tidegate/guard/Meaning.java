package dev.tidegate.guard;

import org.jspecify.annotations.Nullable;

/** What the end of a call means for its circuit: an exception by its class, a result by what a classifier says. */
record Meaning(Classification exceptions, @Nullable ResultClassifier results) {
    private static final System.Logger LOG = System.getLogger(Meaning.class.getName());

    static Meaning of(Classification exceptions) {
        return new Meaning(exceptions, null);
    }

    CallOutcome ofResult(@Nullable Object result) {
        ResultClassifier asked = results;
        if (asked == null) {
            return CallOutcome.SUCCESS;
        }
        try {
            return asked.of(result);
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the result classifier " + asked.getClass().getName() + " failed; the result proves nothing",
                    e);
            return CallOutcome.NEUTRAL;
        }
    }
}
