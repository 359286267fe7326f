package dev.tidegate.wiring;

import dev.tidegate.core.CoarseTicker;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The world outside, as far as the parts depend on it: the only place that reads the real clock and real chance.
 *
 * @param ticker somebody has to refresh it
 * @param random for jitter only
 * @param tokens unique in the fleet; one for each decision
 */
record Surroundings(CoarseTicker ticker, InstantSource clock, RandomGenerator random, Supplier<String> tokens) {
    static Surroundings real() {
        // A thread-local generator must be asked for by the thread that uses it.
        RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
        return new Surroundings(
                new CoarseTicker(System::nanoTime),
                InstantSource.system(),
                random,
                () -> UUID.randomUUID().toString());
    }

    /** A name for an instance that the configuration gives none: the host's, and four characters against a twin. */
    static String instanceName(String host) {
        String clean =
                host.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-").replaceAll("^-+", "");
        String start = clean.isEmpty() ? "instance" : clean.substring(0, Math.min(58, clean.length()));
        int twin = new SecureRandom().nextInt(0x10000);
        return start + "-" + String.format("%04x", twin);
    }
}
