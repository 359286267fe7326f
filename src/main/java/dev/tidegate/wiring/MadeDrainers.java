package dev.tidegate.wiring;

import dev.tidegate.drain.DrainerSettings;
import dev.tidegate.drain.KafkaDrainers;
import dev.tidegate.guard.HealthProber;
import dev.tidegate.publish.DeadLetterSender;
import java.util.List;
import java.util.Map;

/**
 * The drainers, and what is closed after them.
 *
 * @param pools by drainer, the threads that grow and shrink with its concurrency
 * @param probes by circuit, the health probes of the downstreams behind it
 */
record MadeDrainers(
        KafkaDrainers drainers,
        List<DeadLetterSender> senders,
        Map<String, Pool> pools,
        Map<String, HealthProber.Plan> probes) {
    MadeDrainers {
        senders = List.copyOf(senders);
        pools = Map.copyOf(pools);
        probes = Map.copyOf(probes);
    }

    /** Lets the drainer of that name follow changed settings. */
    void follow(DrainerSettings changed) {
        Pool pool = pools.get(changed.name());
        if (pool != null) {
            pool.resize(changed.concurrency());
        }
        drainers.follow(changed);
    }

    /** The threads that a drainer's processor holds: one for each record that it may have in hand. */
    interface Pool {
        void resize(int concurrency);
    }

    void close() {
        drainers.close();
        senders.forEach(DeadLetterSender::close);
    }
}
