package dev.tidegate.wiring;

import dev.tidegate.drain.KafkaDrainers;
import dev.tidegate.guard.HealthProber;
import dev.tidegate.publish.DeadLetterSender;
import java.util.List;
import java.util.Map;

/**
 * The drainers, and what is closed after them.
 *
 * @param probes by circuit, the health probes of the downstreams behind it
 */
record MadeDrainers(KafkaDrainers drainers, List<DeadLetterSender> senders, Map<String, HealthProber.Plan> probes) {
    MadeDrainers {
        senders = List.copyOf(senders);
        probes = Map.copyOf(probes);
    }

    void close() {
        drainers.close();
        senders.forEach(DeadLetterSender::close);
    }
}
