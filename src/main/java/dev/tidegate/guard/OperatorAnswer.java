package dev.tidegate.guard;

import dev.tidegate.core.CircuitRecord;

/** What became of an operator's change. */
public sealed interface OperatorAnswer {
    /** It is written; so every instance will follow. */
    record Done(CircuitRecord row) implements OperatorAnswer {}

    /**
     * Nothing was changed: the row is no longer what the change was made for.
     *
     * @param why for people
     */
    record Outdated(CircuitRecord row, String why) implements OperatorAnswer {}

    /**
     * Nothing was changed: the store is away, or too many others write.
     *
     * @param why for people
     */
    record NotDone(String why) implements OperatorAnswer {}

    /**
     * The answer never came and the history does not tell yet: it may be written or not. Look before trying again.
     *
     * @param why for people
     */
    record NotKnown(String why) implements OperatorAnswer {}
}
