package dev.tidegate.demo;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/** One line for each step, with the seconds since the launcher began. Thread-safe: each line is one print. */
final class Progress {
    private final PrintStream out;
    private final LongSupplier nanos;
    private final long begin;

    Progress(PrintStream out, LongSupplier nanos) {
        this.out = out;
        this.nanos = nanos;
        this.begin = nanos.getAsLong();
    }

    void step(String text) {
        double seconds = (nanos.getAsLong() - begin) / 1e9;
        out.println(String.format(Locale.ROOT, "[demo %5.1f s] %s", seconds, text));
    }

    void block(String text) {
        out.println(text);
    }
}
