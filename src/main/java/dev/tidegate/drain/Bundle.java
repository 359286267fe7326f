package dev.tidegate.drain;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Attempts that one worker makes one after another, because each of them takes next to no time: handed over at once, and
 * what becomes of them is told in one turn. When one takes long after all, the others and what is not told yet are taken
 * away from the worker. Thread-safe.
 */
final class Bundle {
    private static final System.Logger LOG = System.getLogger(Bundle.class.getName());

    final long handedOverNanos;
    private final ArrayDeque<Attempt> waiting;
    private List<Runnable> steps = new ArrayList<>();
    private @Nullable Thread worker;
    private int made;
    private long worked;
    private @Nullable Bundle successor;

    Bundle(Collection<Attempt> attempts, long handedOverNanos) {
        this.waiting = new ArrayDeque<>(attempts);
        this.handedOverNanos = handedOverNanos;
        attempts.forEach(attempt -> attempt.joined(this));
    }

    /** The calling thread makes its attempts, and what it says of them is kept until {@link #end}. */
    synchronized void begin() {
        worker = Thread.currentThread();
    }

    /** The next attempt to make, or {@code null}. */
    synchronized @Nullable Attempt next() {
        return waiting.poll();
    }

    /** Keeps a step of its worker for the turn that ends it; returns false to anybody else, who takes a turn of his own. */
    synchronized boolean keep(Runnable step) {
        return Thread.currentThread() == worker && steps.add(step);
    }

    /** Inside a turn: makes what was said so far. */
    void makeSteps() {
        for (Runnable step : takeSteps()) {
            try {
                step.run();
            } catch (RuntimeException | Error e) {
                // The others' records must not stay behind for it.
                LOG.log(System.Logger.Level.ERROR, "a bug: what became of an attempt could not be told", e);
            }
        }
    }

    private synchronized List<Runnable> takeSteps() {
        List<Runnable> taken = steps;
        steps = new ArrayList<>();
        return taken;
    }

    /** What nobody began, for the caller to hand over anew. */
    synchronized List<Attempt> takeWaiting() {
        List<Attempt> taken = List.copyOf(waiting);
        waiting.clear();
        return taken;
    }

    /** From now on nothing is kept. */
    synchronized void end() {
        worker = null;
    }

    /** For its worker: one attempt kept the thread so long. */
    void made(long nanos) {
        made++;
        worked += nanos;
    }

    int made() {
        return made;
    }

    long worked() {
        return worked;
    }

    /** For its worker's last turn: what the worker goes on with. */
    void goOnWith(Bundle next) {
        successor = next;
    }

    @Nullable
    Bundle successor() {
        return successor;
    }
}
