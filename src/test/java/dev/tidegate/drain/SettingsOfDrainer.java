package dev.tidegate.drain;

import dev.tidegate.drain.DrainerSettings.DeadLetterHeaders;
import dev.tidegate.drain.DrainerSettings.Ordering;
import dev.tidegate.drain.DrainerSettings.Oversize;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Settings for tests: quick retries and commits, everything else as documented. */
public final class SettingsOfDrainer {
    public String name = "orders";
    public List<String> topics = List.of("orders");
    public String group = "tg-orders";
    public String publisher;
    public Duration timeout = Duration.ofSeconds(5);
    public int concurrency = 4;
    public boolean initiallyPaused;
    public Ordering ordering = Ordering.KEY;
    public int bufferRecords = 1_000;
    public Duration commitInterval = Duration.ofMillis(20);
    public int commitRecords = 1_000;
    public int maxUncommitted = 10_000;
    public int maxAttempts = 10;
    public Duration retryDelay = Duration.ofMillis(10);
    public Duration retryMaxDelay = Duration.ofMillis(50);
    public List<String> rejectOn = List.of();
    public Duration quiesceTimeout = Duration.ofSeconds(5);
    public Duration restartDelay = Duration.ofMillis(50);
    public final Map<String, String> kafka = new HashMap<>();

    public DrainerSettings build() {
        return new DrainerSettings(
                name,
                topics,
                group,
                "bean",
                "default",
                publisher,
                "orders",
                timeout,
                concurrency,
                ordering,
                initiallyPaused,
                restartDelay,
                Duration.ofSeconds(1),
                bufferRecords,
                16L << 20,
                commitInterval,
                commitRecords,
                maxUncommitted,
                maxAttempts,
                retryDelay,
                retryMaxDelay,
                rejectOn,
                quiesceTimeout,
                null,
                true,
                Oversize.TRUNCATE,
                null,
                DeadLetterHeaders.TIDEGATE,
                kafka,
                kafka);
    }
}
