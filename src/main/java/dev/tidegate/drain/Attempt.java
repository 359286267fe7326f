package dev.tidegate.drain;

import dev.tidegate.core.Permit;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** One attempt under one permit. The first outcome counts, what comes later is ignored. Thread-safe. */
final class Attempt implements Delivery {
    final BufferedRecord buffered;
    final Permit.Granted permit;
    private final DrainerSettings settings;
    private final int number;
    private final Function<Attempt, Instant> deadlines;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile boolean cancelled;
    private final Runnable freed;
    private @Nullable Thread runner;
    private boolean stranded;
    private boolean entered;
    private boolean reached;
    private volatile long startedNanos;
    private volatile @Nullable Bundle bundle;
    private @Nullable Instant deadline;

    /**
     * @param deadlines tells the moment at which it is over, as it is now
     * @param freed is told when a thread that overran its time came back
     */
    Attempt(
            BufferedRecord buffered,
            Permit.Granted permit,
            DrainerSettings settings,
            int number,
            long handedOverNanos,
            Function<Attempt, Instant> deadlines,
            Runnable freed) {
        this.buffered = buffered;
        this.permit = permit;
        this.settings = settings;
        this.number = number;
        this.startedNanos = handedOverNanos;
        this.deadlines = deadlines;
        this.freed = freed;
    }

    /** It is one of that bundle from now on. */
    void joined(Bundle ofWhich) {
        bundle = ofWhich;
    }

    /** What becomes of it: made with the rest of its bundle, or by {@code otherwise} if nobody works on that any more. */
    void tell(Runnable step, Consumer<Runnable> otherwise) {
        Bundle mine = bundle;
        if (mine == null || !mine.keep(step)) {
            otherwise.accept(step);
        }
    }

    /** Its turn in its bundle came at that reading of the ticker. */
    void begun(long nanos) {
        startedNanos = nanos;
    }

    /** The reading of the ticker from which its time counts: it was handed over or, later, begun. */
    long startedNanos() {
        return startedNanos;
    }

    /** Returns whether this call ended it. */
    boolean end() {
        return over.compareAndSet(false, true);
    }

    /** The calling thread works on it until {@link #leave}; returns false if nobody waits for it any more. */
    synchronized boolean enter() {
        if (isCancelled()) {
            return false;
        }
        runner = Thread.currentThread();
        entered = true;
        return true;
    }

    /** From here on it is the processor's; returns false if nobody waits for it any more: then it must not be called. */
    synchronized boolean reach() {
        if (isCancelled()) {
            return false;
        }
        reached = true;
        return true;
    }

    /** Ends it unless the processor has it or had it; returns whether this call ended it. */
    synchronized boolean endUnreached() {
        return !reached && end();
    }

    /** The calling thread is done with it; an interrupt that was meant for it goes no further. */
    void leave() {
        boolean wasStranded;
        synchronized (this) {
            if (runner == null) {
                return;
            }
            runner = null;
            Thread.interrupted();
            wasStranded = stranded;
        }
        if (wasStranded) {
            freed.run();
        }
    }

    /** Nobody waits for it any more. */
    synchronized void cancel() {
        cancelled = true;
        if (runner != null) {
            runner.interrupt();
        }
    }

    /** Whether a thread ever began to work on it. */
    synchronized boolean wasEntered() {
        return entered;
    }

    /** Cancels it; returns whether a thread still works on it, whose end will be told. */
    synchronized boolean strand() {
        cancel();
        stranded = runner != null;
        return stranded;
    }

    /** Whether it was cancelled before it had an outcome of its own. */
    boolean wasCancelled() {
        return cancelled;
    }

    @Override
    public String drainer() {
        return settings.name();
    }

    @Override
    public String group() {
        return settings.group();
    }

    @Override
    public String topic() {
        return buffered.record.topic();
    }

    @Override
    public Uuid topicId() {
        return buffered.owner.topicId();
    }

    @Override
    public int partition() {
        return buffered.record.partition();
    }

    @Override
    public long offset() {
        return buffered.record.offset();
    }

    @Override
    public long timestamp() {
        return buffered.record.timestamp();
    }

    @Override
    public byte @Nullable [] key() {
        return buffered.record.key();
    }

    @Override
    public byte @Nullable [] value() {
        return buffered.record.value();
    }

    @Override
    public Headers headers() {
        return buffered.record.headers();
    }

    @Override
    public int attempt() {
        return number;
    }

    @Override
    public synchronized Instant deadline() {
        if (deadline == null) {
            deadline = deadlines.apply(this);
        }
        return deadline;
    }

    @Override
    public boolean isCancelled() {
        return cancelled || over.get();
    }
}
