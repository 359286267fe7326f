package dev.tidegate.benchmark.drain;

import java.util.concurrent.TimeUnit;

/**
 * What is done with each record.
 *
 * @param millis how long the downstream takes; 0 for nothing at all
 * @param concurrency how many records a consumer may have on their way, where it can
 */
record Work(int millis, int concurrency) {
    void handle() {
        if (millis == 0) {
            return;
        }
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
