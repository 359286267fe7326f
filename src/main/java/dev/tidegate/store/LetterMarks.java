package dev.tidegate.store;

import dev.tidegate.core.StoreException;
import java.util.Collection;
import java.util.Map;

/** What was done with dead letters: stored, fleet-wide. The store's own now is what is stored as time. Thread-safe. */
public interface LetterMarks {
    /** The marks of those letters that have one, by the letter's id. */
    Map<String, LetterMark> read(Collection<String> letters) throws StoreException;

    /** Stores a mark if the letter has none; tells whether it did: of many that ask at once, one is told so. */
    boolean createIfAbsent(LetterMark mark) throws StoreException;

    /** Stores a mark over whatever the letter has. */
    void replace(LetterMark mark) throws StoreException;

    /** Takes a letter's mark away if it is of that kind. */
    void remove(String letter, LetterMark.Kind kind) throws StoreException;
}
