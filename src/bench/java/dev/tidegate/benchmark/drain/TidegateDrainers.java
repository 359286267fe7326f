package dev.tidegate.benchmark.drain;

import dev.tidegate.drain.DrainerSettings;
import dev.tidegate.drain.Outcome;
import dev.tidegate.drain.SettingsOfDrainer;
import dev.tidegate.it.DrainingInstance;
import dev.tidegate.store.InMemoryCircuitStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Drainers with their circuits, ordered by key, everything else as documented. */
final class TidegateDrainers implements Contender {
    @Override
    public String name() {
        return "Tidegate";
    }

    @Override
    public double drain(Load load, Work work, String group) {
        Arrivals arrivals = new Arrivals();
        List<DrainingInstance> instances = new ArrayList<>();
        for (String topic : load.topics()) {
            InMemoryCircuitStore store = new InMemoryCircuitStore(InstantSource.system());
            instances.add(new DrainingInstance("bench", store, settings(load, topic, work, group)));
        }
        try {
            instances.forEach(instance -> instance.start(delivery -> {
                work.handle();
                arrivals.note();
                return Outcome.Done.WITHOUT_RESULT;
            }));
            return arrivals.perSecondOf(load.records());
        } finally {
            instances.forEach(DrainingInstance::close);
        }
    }

    static DrainerSettings settings(Load load, String topic, Work work, String group) {
        SettingsOfDrainer settings = new SettingsOfDrainer();
        settings.topics = List.of(topic);
        settings.group = group + topic;
        settings.concurrency = work.concurrency();
        settings.commitInterval = Duration.ofSeconds(1);
        settings.commitRecords = 1_000;
        settings.kafka.put("bootstrap.servers", load.broker().bootstrapServers());
        return settings.build();
    }
}
