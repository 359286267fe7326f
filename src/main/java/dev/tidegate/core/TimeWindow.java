package dev.tidegate.core;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A ring of 60 buckets, each a sixtieth of the sampling duration. A bucket is a new object every time its period comes
 * round, so that no counter is ever set back under a thread that still adds to it: at worst such a thread counts into a
 * bucket that already left the window. Thread-safe; a success takes no lock.
 */
final class TimeWindow implements Window {
    private static final int BUCKETS = 60;
    private static final long COARSE_NANOS = 5 * CoarseTicker.PERIOD.toNanos();

    private final Ticker ticker;
    private final long bucketNanos;
    private final boolean isCoarse;
    private final long origin;
    private final AtomicReferenceArray<@Nullable Bucket> ring = new AtomicReferenceArray<>(BUCKETS);
    private final FailureRun run;
    private final Object lineage;
    // Of the newest period that anybody saw: spares a success the division.
    private volatile Bucket newest;

    TimeWindow(Ticker ticker, Duration samplingDuration, FailureRun run, Object lineage) {
        this.lineage = lineage;
        this.ticker = ticker;
        this.bucketNanos = Math.max(1, samplingDuration.toNanos() / BUCKETS);
        this.isCoarse = bucketNanos >= COARSE_NANOS;
        this.origin = ticker.nanos();
        this.run = run;
        this.newest = bucketOf(0);
    }

    @Override
    public void success() {
        bucketNow().calls.increment();
        run.success();
    }

    // Where its bucket is all that is asked of a clock, one that is late by a part of a bucket will do.
    private Bucket bucketNow() {
        long now = isCoarse ? ticker.coarseNanos() : ticker.nanos();
        Bucket bucket = newest;
        long within = now - bucket.beginNanos;
        if (within >= 0 && within < bucketNanos) {
            return bucket;
        }
        bucket = bucketOf(period(now));
        if (bucket.period > newest.period) {
            newest = bucket;
        }
        return bucket;
    }

    @Override
    public void slowSuccess() {
        Bucket bucket = bucketNow();
        bucket.calls.increment();
        bucket.slow.increment();
        run.success();
    }

    @Override
    public int failure() {
        long now = ticker.nanos();
        fail(bucketOf(period(now)));
        return run.failure(now);
    }

    @Override
    public int slowFailure() {
        long now = ticker.nanos();
        Bucket bucket = bucketOf(period(now));
        fail(bucket);
        bucket.slow.increment();
        return run.failure(now);
    }

    private static void fail(Bucket bucket) {
        bucket.calls.increment();
        bucket.failures.increment();
    }

    @Override
    public Counts counts() {
        long newest = period(ticker.nanos());
        long calls = 0;
        long failures = 0;
        long slow = 0;
        for (int i = 0; i < BUCKETS; i++) {
            Bucket bucket = ring.get(i);
            if (bucket != null && bucket.period > newest - BUCKETS && bucket.period <= newest) {
                // Written in the opposite order: never more failures than calls.
                failures += bucket.failures.sum();
                slow += bucket.slow.sum();
                calls += bucket.calls.sum();
            }
        }
        return new Counts(calls, failures, slow);
    }

    @Override
    public int consecutiveFailures() {
        return run.length(ticker.nanos());
    }

    @Override
    public void pourInto(Pouring other) {
        long now = ticker.nanos();
        long newest = period(now);
        for (long period = newest - BUCKETS + 1; period <= newest; period++) {
            Bucket bucket = ring.get((int) Math.floorMod(period, (long) BUCKETS));
            if (bucket != null && bucket.period == period) {
                long ageNanos = Math.max(0, now - origin - period * bucketNanos);
                bucket.pourInto(other, ageNanos);
            }
        }
    }

    // What is older than this window reaches back falls out of it by itself: its period is.
    @Override
    public void add(CallKind kind, long times, long ageNanos) {
        Bucket bucket = bucketOf(period(ticker.nanos() - ageNanos));
        bucket.calls.add(times);
        if (kind.isFailure()) {
            bucket.failures.add(times);
        }
        if (kind.isSlow()) {
            bucket.slow.add(times);
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

    private long period(long nanos) {
        return Math.floorDiv(nanos - origin, bucketNanos);
    }

    private Bucket bucketOf(long period) {
        int index = (int) Math.floorMod(period, (long) BUCKETS);
        Bucket bucket = ring.get(index);
        return bucket != null && bucket.period == period ? bucket : replace(index, bucket, period);
    }

    private Bucket replace(int index, @Nullable Bucket seen, long period) {
        Bucket fresh = new Bucket(period, origin + period * bucketNanos);
        Bucket there = seen;
        // Again where a thread that had stalled for a whole window put an older bucket there.
        while (there == null || there.period < period) {
            Bucket found = ring.compareAndExchange(index, there, fresh);
            if (found == there) {
                return fresh;
            }
            there = found;
        }
        return there;
    }

    private static final class Bucket {
        private final long period;
        private final long beginNanos;
        private final LongAdder calls = new LongAdder();
        private final LongAdder failures = new LongAdder();
        private final LongAdder slow = new LongAdder();

        private Bucket(long period, long beginNanos) {
            this.period = period;
            this.beginNanos = beginNanos;
        }

        // Which of the failures were slow is not kept: as many as can be.
        private void pourInto(Pouring other, long ageNanos) {
            long all = calls.sum();
            long failed = Math.min(all, failures.sum());
            long slowOnes = Math.min(all, slow.sum());
            long both = Math.max(0, Math.min(failed, slowOnes));
            other.pour(CallKind.SUCCESS, all - failed - (slowOnes - both), ageNanos);
            other.pour(CallKind.SLOW_SUCCESS, slowOnes - both, ageNanos);
            other.pour(CallKind.FAILURE, failed - both, ageNanos);
            other.pour(CallKind.SLOW_FAILURE, both, ageNanos);
        }
    }
}
