package dev.tidegate.core;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The last n calls, in a ring with one place a call. Whoever puts a call in takes out the one that was there, and changes the
 * sums by the difference: so the sums are exactly what the ring holds once no call is on its way in. Thread-safe; takes no
 * lock, allocates nothing, and reads the clock for failures only.
 */
final class CountWindow implements Window {
    private static final int EMPTY = 0;
    private static final int CALL = 1;
    private static final int FAILURE = 2;
    private static final int SLOW = 4;

    private final Ticker ticker;
    private final AtomicIntegerArray ring;
    private final AtomicLong next = new AtomicLong();
    private final LongAdder calls = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder slow = new LongAdder();
    private final FailureRun run;
    private final Object lineage;

    CountWindow(Ticker ticker, int size, FailureRun run, Object lineage) {
        this.lineage = lineage;
        this.ticker = ticker;
        this.ring = new AtomicIntegerArray(size);
        this.run = run;
    }

    @Override
    public void success() {
        put(CALL);
        run.success();
    }

    @Override
    public void slowSuccess() {
        put(CALL | SLOW);
        run.success();
    }

    @Override
    public int failure() {
        put(CALL | FAILURE);
        return run.failure(ticker.nanos());
    }

    @Override
    public int slowFailure() {
        put(CALL | FAILURE | SLOW);
        return run.failure(ticker.nanos());
    }

    private void put(int call) {
        int place = (int) (next.getAndIncrement() % ring.length());
        int gone = ring.getAndSet(place, call);
        if (gone == call) {
            return;
        }
        if (gone == EMPTY) {
            calls.increment();
        }
        add(failures, FAILURE, call, gone);
        add(slow, SLOW, call, gone);
    }

    private static void add(LongAdder sum, int bit, int come, int gone) {
        int difference = (come & bit) - (gone & bit);
        if (difference != 0) {
            sum.add(difference > 0 ? 1 : -1);
        }
    }

    @Override
    public Counts counts() {
        // A sum that is read while a call goes in may lag behind the others, even below nothing.
        long failed = failures.sum();
        long tooSlow = slow.sum();
        long held = Math.max(0, calls.sum());
        return new Counts(held, within(failed, held), within(tooSlow, held));
    }

    private static long within(long sum, long held) {
        return Math.min(Math.max(0, sum), held);
    }

    @Override
    public int consecutiveFailures() {
        return run.length(ticker.nanos());
    }

    @Override
    public void pourInto(Pouring other) {
        long end = next.get();
        for (long place = Math.max(0, end - ring.length()); place < end; place++) {
            int call = ring.get((int) (place % ring.length()));
            if (call != EMPTY) {
                other.pour(CallKind.of((call & FAILURE) != 0, (call & SLOW) != 0), 1, 0);
            }
        }
    }

    @Override
    public void add(CallKind kind, long times, long ageNanos) {
        int call = CALL | (kind.isFailure() ? FAILURE : 0) | (kind.isSlow() ? SLOW : 0);
        for (long i = Math.min(times, ring.length()); i > 0; i--) {
            put(call);
        }
    }

    @Override
    public FailureRun run() {
        return run;
    }

    @Override
    public Object lineage() {
        return lineage;
    }
}
