package dev.tidegate.publish.letters;

import dev.tidegate.store.LetterMark;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a dead letter tells about itself without its payload.
 *
 * @param id the same for every copy of one record
 * @param at when it was sent
 * @param keyBytes size of the key, −1 for none
 * @param valueBytes size of the value as it came from its source, −1 for none
 * @param isWhole false if key, value or headers were left out because it did not fit
 * @param mark what was done with it, or {@code null} for nothing
 */
public record Letter(
        LetterRef ref,
        String id,
        Instant at,
        String drainer,
        String group,
        String circuit,
        String sourceTopic,
        int sourcePartition,
        long sourceOffset,
        String causeClass,
        String causeText,
        int attempts,
        int keyBytes,
        int valueBytes,
        boolean isWhole,
        @Nullable LetterMark mark) {
    Letter with(@Nullable LetterMark other) {
        return new Letter(
                ref,
                id,
                at,
                drainer,
                group,
                circuit,
                sourceTopic,
                sourcePartition,
                sourceOffset,
                causeClass,
                causeText,
                attempts,
                keyBytes,
                valueBytes,
                isWhole,
                other);
    }
}
