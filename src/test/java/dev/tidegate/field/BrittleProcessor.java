package dev.tidegate.field;

import dev.tidegate.drain.Delivery;
import dev.tidegate.drain.Outcome;
import dev.tidegate.drain.RecordProcessor;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Named;
import java.util.concurrent.atomic.AtomicInteger;

/** Cannot be made the first time, and can the second. */
public abstract class BrittleProcessor implements RecordProcessor {
    static final String NO_INK = "there is no ink yet";

    /** Made by the container when somebody asks for it. */
    @Named("dependent")
    @Dependent
    public static class Made extends BrittleProcessor {
        private static final AtomicInteger TRIES = new AtomicInteger();

        @PostConstruct
        void begin() {
            failAtFirst(TRIES);
        }
    }

    /** Made by the container when it is first called. */
    @Named("proxied")
    @ApplicationScoped
    public static class Proxied extends BrittleProcessor {
        private static final AtomicInteger TRIES = new AtomicInteger();

        @PostConstruct
        void begin() {
            failAtFirst(TRIES);
        }
    }

    static void failAtFirst(AtomicInteger tries) {
        if (tries.getAndIncrement() == 0) {
            throw new IllegalStateException(NO_INK);
        }
    }

    @Override
    public Outcome process(Delivery delivery) {
        return new Outcome.Done(delivery.value());
    }
}
