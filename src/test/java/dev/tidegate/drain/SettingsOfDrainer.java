package dev.tidegate.drain;

import dev.tidegate.drain.DrainerSettings.DeadLetterHeaders;
import dev.tidegate.drain.DrainerSettings.Ordering;
import dev.tidegate.drain.DrainerSettings.Oversize;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Settings for tests: quick retries and commits, everything else as documented. */
final class SettingsOfDrainer {
    String name = "orders";
    List<String> topics = List.of("orders");
    String group = "tg-orders";
    String publisher;
    Duration timeout = Duration.ofSeconds(5);
    int concurrency = 4;
    Ordering ordering = Ordering.KEY;
    int bufferRecords = 1_000;
    Duration commitInterval = Duration.ofMillis(20);
    int commitRecords = 1_000;
    int maxUncommitted = 10_000;
    int maxAttempts = 10;
    Duration retryDelay = Duration.ofMillis(10);
    Duration retryMaxDelay = Duration.ofMillis(50);
    List<String> rejectOn = List.of();
    Duration quiesceTimeout = Duration.ofSeconds(5);
    Duration restartDelay = Duration.ofMillis(50);
    final Map<String, String> kafka = new HashMap<>();

    DrainerSettings build() {
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
                false,
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
                kafka);
    }
}
