package dev.tidegate.benchmark.drain;

import java.util.List;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;

/** spring-kafka's listener container, which commits after each batch that was polled. */
final class SpringContainer implements Contender {
    @Override
    public String name() {
        return "spring-kafka";
    }

    @Override
    public double drain(Load load, Work work, String group) {
        Arrivals arrivals = new Arrivals();
        List<KafkaMessageListenerContainer<byte[], byte[]>> containers = load.topics().stream()
                .map(topic -> container(load, topic, work, group, arrivals))
                .toList();
        try {
            containers.forEach(KafkaMessageListenerContainer::start);
            return arrivals.perSecondOf(load.records());
        } finally {
            containers.forEach(KafkaMessageListenerContainer::stop);
        }
    }

    private static KafkaMessageListenerContainer<byte[], byte[]> container(
            Load load, String topic, Work work, String group, Arrivals arrivals) {
        ContainerProperties properties = new ContainerProperties(topic);
        properties.setAckMode(ContainerProperties.AckMode.BATCH);
        properties.setMessageListener((MessageListener<byte[], byte[]>) polled -> {
            work.handle();
            arrivals.note();
        });
        return new KafkaMessageListenerContainer<>(
                new DefaultKafkaConsumerFactory<>(load.consumer(group + topic)), properties);
    }
}
