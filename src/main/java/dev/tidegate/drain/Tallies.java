package dev.tidegate.drain;

import java.util.concurrent.atomic.LongAdder;

/** What one drainer counted since the instance began, over all its starts. Thread-safe. */
final class Tallies {
    final LongAdder handled = new LongAdder();
    final LongAdder rejected = new LongAdder();
    final LongAdder failed = new LongAdder();
}
