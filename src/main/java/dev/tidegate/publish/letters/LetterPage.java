package dev.tidegate.publish.letters;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some letters, newest first.
 *
 * @param before where the next page begins, to be handed back as it is; {@code null} at the end. A page may be short, even
 *     empty, before the end: the bounds of one reading ended it
 */
public record LetterPage(List<Letter> letters, @Nullable String before) {
    public LetterPage {
        letters = List.copyOf(letters);
    }
}
