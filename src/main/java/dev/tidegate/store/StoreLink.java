package dev.tidegate.store;

import dev.tidegate.core.Breaker;
import dev.tidegate.core.CircuitName;
import dev.tidegate.core.CircuitRecord;
import dev.tidegate.core.CircuitStore;
import dev.tidegate.core.Decision;
import dev.tidegate.core.StoreException;
import dev.tidegate.core.StoreView;
import dev.tidegate.core.Submission;
import dev.tidegate.core.Submitter;
import dev.tidegate.core.Subscription;
import dev.tidegate.core.Ticker;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What stands between the breakers and the store: carries decisions there off the callers' threads, brings rows back by
 * push and by poll, and keeps one account of whether the store is away. Thread-safe; nobody who calls it waits for the store.
 */
public final class StoreLink implements Submitter, AutoCloseable {
    private final CircuitStore store;
    private final StoreSettings settings;
    private final Ticker ticker;
    private final Executor storeThreads;
    private final ScheduledExecutorService scheduler;
    private final DecisionWriter writer;
    private final StoreOutage outage;
    private final Map<CircuitName, Breaker> breakers = new ConcurrentHashMap<>();
    private final AtomicBoolean readWanted = new AtomicBoolean();
    private volatile @Nullable ScheduledFuture<?> poll;
    private volatile Subscription push = () -> {};
    private volatile boolean isStarted;
    private volatile boolean isClosed;

    /**
     * @param storeThreads a bounded few threads that may wait for the store; a refused task is answered as deferred
     * @param scheduler runs the poll
     */
    public StoreLink(
            CircuitStore store,
            StoreSettings settings,
            Ticker ticker,
            Executor storeThreads,
            ScheduledExecutorService scheduler,
            StoreOutage outage) {
        this.store = store;
        this.settings = settings;
        this.ticker = ticker;
        this.storeThreads = storeThreads;
        this.scheduler = scheduler;
        this.outage = outage;
        this.writer = new DecisionWriter(store, ticker);
    }

    /** Begins to poll and, where settings and store allow, to listen. Before it nothing is read: the tables may be missing. */
    public void start() {
        isStarted = true;
        long everyNanos = settings.pollInterval().toNanos();
        poll = scheduler.scheduleWithFixedDelay(this::readNow, 0, everyNanos, TimeUnit.NANOSECONDS);
        if (settings.isPushed()) {
            push = store.listen(changed -> readSoon());
        }
    }

    /** From now on that breaker gets its circuit's rows; its row is made if it is missing. */
    public void attach(Breaker breaker) {
        breakers.put(breaker.name(), breaker);
        if (outage.isAway()) {
            breaker.storeAway();
        }
        readSoon();
    }

    /** The breakers that were attached. */
    public Collection<Breaker> breakers() {
        return List.copyOf(breakers.values());
    }

    /** What this instance knows of the store. */
    public StoreOutage outage() {
        return outage;
    }

    @Override
    public void submit(Decision decision, Consumer<Submission> answer) {
        if (outage.isAway()) {
            answer.accept(new Submission.Away());
            return;
        }
        try {
            storeThreads.execute(() -> carryOutAndAnswer(decision, answer));
        } catch (RejectedExecutionException allThreadsWait) {
            answer.accept(new Submission.Deferred());
        }
    }

    // Answered whatever happens: a breaker that waits for ever neither claims nor submits again.
    private void carryOutAndAnswer(Decision decision, Consumer<Submission> answer) {
        Submission submission = new Submission.Deferred();
        try {
            submission = carryOut(decision);
        } finally {
            answer.accept(submission);
        }
    }

    private Submission carryOut(Decision decision) {
        long askedNanos = ticker.nanos();
        boolean isAway;
        try {
            return writer.write(decision);
        } catch (WritesRefusedException e) {
            // Found out by reads that were answered: no answer to another read speaks against it.
            isAway = goneAway(e, true, ticker.nanos());
        } catch (StoreException e) {
            isAway = goneAway(e, true, askedNanos);
        } catch (RuntimeException e) {
            isAway = goneAway(new StoreException("writing a decision failed: " + e.getMessage(), e), true, askedNanos);
        }
        return isAway ? new Submission.Away() : new Submission.Deferred();
    }

    /**
     * What became of a decision that its caller waited for.
     *
     * @param wasSent whether the store was asked at all
     */
    public record Carried(boolean wasSent, Submission answer) {}

    /**
     * Carries out a decision on the calling thread, which waits for the store; this instance follows it before this returns.
     * An answer of {@link Submission.Away} after it was sent leaves open whether it is written.
     */
    public Carried carryOutNow(Decision decision) {
        if (outage.isAway()) {
            return new Carried(false, new Submission.Away());
        }
        Submission answer = carryOut(decision);
        if (answer instanceof Submission.Applied || answer instanceof Submission.Lost) {
            readNow();
        }
        return new Carried(true, answer);
    }

    /** Reads soon, at most once at a time: what changed is known sooner than the poll would tell. */
    public void readSoon() {
        if (!isStarted || isClosed || !readWanted.compareAndSet(false, true)) {
            return;
        }
        try {
            storeThreads.execute(this::readNow);
        } catch (RejectedExecutionException allThreadsWait) {
            readWanted.set(false);
        }
    }

    /** Reads all records on this thread and hands them to the breakers; what the poll does, and never throws. */
    public void readNow() {
        if (isClosed) {
            return;
        }
        readWanted.set(false);
        long askedNanos = ticker.nanos();
        try {
            if (outage.isWriteFailed()) {
                store.create(Set.copyOf(breakers.keySet()));
            }
            readAndAdopt();
        } catch (StoreException e) {
            goneAway(e, false, askedNanos);
        } catch (RuntimeException e) {
            goneAway(new StoreException("reading the circuits failed: " + e.getMessage(), e), false, askedNanos);
        }
    }

    private void readAndAdopt() throws StoreException {
        long startedNanos = ticker.nanos();
        StoreView view = store.read();
        long answeredNanos = ticker.nanos();
        outage.answered(answeredNanos, view.storeNow());
        Set<CircuitName> missing = new HashSet<>();
        breakers.forEach((name, breaker) -> {
            CircuitRecord row = view.records().get(name);
            if (row == null) {
                missing.add(name);
            } else {
                breaker.adopt(row, view.storeNow(), startedNanos, answeredNanos);
            }
        });
        if (!missing.isEmpty()) {
            store.create(missing);
            readSoon();
        }
    }

    private boolean goneAway(StoreException error, boolean isWrite, long askedNanos) {
        boolean isAway = outage.failed(error, isWrite, askedNanos);
        if (isAway) {
            breakers.values().forEach(Breaker::storeAway);
        }
        return isAway;
    }

    /** Stops reading and listening; decisions still on their way are finished by their threads. */
    @Override
    public void close() {
        isClosed = true;
        ScheduledFuture<?> running = poll;
        if (running != null) {
            running.cancel(false);
        }
        push.close();
    }
}
