package dev.tidegate.wiring;

import dev.tidegate.drain.DrainerSettings;
import dev.tidegate.drain.KafkaDrainers;
import dev.tidegate.guard.HealthProber;
import dev.tidegate.publish.DeadLetterSender;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * The drainers, and what is closed after them.
 *
 * @param pools by drainer whose processor holds threads, what lets them grow and shrink with its concurrency
 * @param probes by circuit, the health probes of the downstreams behind it
 */
record MadeDrainers(
        KafkaDrainers drainers,
        List<DeadLetterSender> senders,
        Map<String, IntConsumer> pools,
        Map<String, HealthProber.Plan> probes) {
    MadeDrainers {
        senders = List.copyOf(senders);
        pools = Map.copyOf(pools);
        probes = Map.copyOf(probes);
    }

    /** Lets the drainer of that name follow changed settings. */
    void follow(DrainerSettings changed) {
        IntConsumer pool = pools.get(changed.name());
        if (pool != null) {
            pool.accept(changed.concurrency());
        }
        drainers.follow(changed);
    }

    void close() {
        drainers.close();
        senders.forEach(DeadLetterSender::close);
    }
}
