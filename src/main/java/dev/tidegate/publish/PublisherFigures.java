package dev.tidegate.publish;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts of one publisher since its start. Safe for use by many threads. */
final class PublisherFigures {
    private static final int MOST_CHARACTERS = 500;

    private final LongAdder acknowledged = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile @Nullable String lastError;

    void started() {
        inFlight.incrementAndGet();
    }

    void acknowledged() {
        inFlight.decrementAndGet();
        acknowledged.increment();
    }

    void failed(Handover.Unsent unsent) {
        inFlight.decrementAndGet();
        failed.increment();
        String text = unsent.fault() + ": " + unsent.error();
        lastError = text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) : text;
    }

    void refused() {
        refused.increment();
    }

    PublisherStatus of(PublisherSettings settings) {
        return new PublisherStatus(
                settings.name(),
                settings.topic(),
                settings.circuit(),
                acknowledged.sum(),
                failed.sum(),
                refused.sum(),
                inFlight.get(),
                lastError);
    }
}
