package dev.tidegate.wiring;

import dev.tidegate.guard.Circuits;
import dev.tidegate.publish.KafkaPublisher;
import dev.tidegate.publish.KafkaPublishers;
import dev.tidegate.publish.ProducerFactory;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The publishers of this instance. */
@Dependent
public class PublishersProducer {
    // One task for each topic that is not known to a client yet.
    private static final int THREADS_OF_ONE = 4;
    private static final int WAITING = 1_000;

    @Produces
    @Singleton
    ProducerFactory factory() {
        return properties -> new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Produces
    @Singleton
    KafkaPublishers kafkaPublishers(
            TidegateSettings settings,
            Circuits circuits,
            ProducerFactory factory,
            Surroundings surroundings,
            Threads threads) {
        List<KafkaPublisher> all = settings.publishers().stream()
                .map(publisher -> {
                    Executor executor = threads.pool(THREADS_OF_ONE, WAITING);
                    return new KafkaPublisher(
                            publisher, circuits.circuit(publisher.circuit()), factory, executor, surroundings.ticker());
                })
                .toList();
        return new KafkaPublishers(
                all, task -> threads.factory().newThread(task).start());
    }
}
