package dev.tidegate.benchmark.interceptor;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * One thread that calls for a while.
 *
 * @param calls how many it made
 * @param nanos how long they took together
 * @param cpuNanos how long of it this thread had a processor: what others take from a busy machine is not in it
 * @param bytes what this thread allocated meanwhile
 */
record Round(long calls, long nanos, long cpuNanos, long bytes) {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int BETWEEN_LOOKS = 2_000;

    /** Calls on the calling thread. */
    static Round of(Calls bean, long lastsNanos) throws Exception {
        long made = 0;
        int value = 0;
        long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
        long cpuBefore = THREADS.getCurrentThreadCpuTime();
        long begin = System.nanoTime();
        long nanos;
        do {
            value = called(bean, value);
            made += BETWEEN_LOOKS;
            nanos = System.nanoTime() - begin;
        } while (nanos < lastsNanos);
        long cpuNanos = THREADS.getCurrentThreadCpuTime() - cpuBefore;
        long bytes = THREADS.getCurrentThreadAllocatedBytes() - bytesBefore;
        if (value != (int) made) {
            throw new IllegalStateException(value + " of " + made + " calls reached the bean");
        }
        return new Round(made, nanos, cpuNanos, bytes);
    }

    private static int called(Calls bean, int from) throws Exception {
        int value = from;
        for (int i = 0; i < BETWEEN_LOOKS; i++) {
            value = bean.call(value);
        }
        return value;
    }

    Round and(Round other) {
        return new Round(calls + other.calls, nanos + other.nanos, cpuNanos + other.cpuNanos, bytes + other.bytes);
    }
}
