package dev.tidegate.contract;

import dev.tidegate.store.InMemoryLetterMarks;
import dev.tidegate.store.LetterMarks;
import java.time.InstantSource;

class InMemoryLetterMarksTest extends LetterMarksContract {
    private final LetterMarks shared = new InMemoryLetterMarks(InstantSource.system());

    @Override
    protected LetterMarks marks() {
        return shared;
    }
}
