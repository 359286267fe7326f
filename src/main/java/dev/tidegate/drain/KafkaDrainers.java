package dev.tidegate.drain;

import dev.tidegate.core.Ticker;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The drainers of this instance, in the order of the configuration. Closing stops them all together. Thread-safe. */
public final class KafkaDrainers implements Drainers, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(KafkaDrainers.class.getName());
    // On top of the quiesce timeout: the last commit and the good-bye to the group.
    private static final Duration CLOSING = Duration.ofSeconds(12);

    private final Map<String, KafkaDrainer> drainers;
    private final Ticker ticker;

    /** @throws IllegalArgumentException if two drainers have one name */
    public KafkaDrainers(List<KafkaDrainer> all, Ticker ticker) {
        Map<String, KafkaDrainer> byName = new LinkedHashMap<>();
        for (KafkaDrainer drainer : all) {
            if (byName.putIfAbsent(drainer.name(), drainer) != null) {
                throw new IllegalArgumentException("two drainers are called " + drainer.name());
            }
        }
        this.drainers = byName;
        this.ticker = ticker;
    }

    @Override
    public Collection<Drainer> all() {
        return List.copyOf(drainers.values());
    }

    @Override
    public Optional<Drainer> find(String name) {
        return Optional.ofNullable(drainers.get(name));
    }

    /** Lets the drainer of that name follow changed settings, in what may change while it runs. */
    public void follow(DrainerSettings changed) {
        KafkaDrainer drainer = drainers.get(changed.name());
        if (drainer != null) {
            drainer.follow(changed);
        }
    }

    /** Stops every drainer for good and waits for all of them: as long as the longest quiesce timeout, and a little to close. */
    @Override
    public void close() {
        drainers.values().forEach(KafkaDrainer::close);
        Duration longest = drainers.values().stream()
                .map(drainer -> drainer.settings().quiesceTimeout())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        long end = ticker.nanos() + longest.plus(CLOSING).toNanos();
        for (KafkaDrainer drainer : drainers.values()) {
            try {
                Duration left = Duration.ofNanos(Math.max(0, end - ticker.nanos()));
                if (!drainer.awaitStopped(left)) {
                    LOG.log(System.Logger.Level.WARNING, "drainer {0} did not stop in time", drainer.name());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
