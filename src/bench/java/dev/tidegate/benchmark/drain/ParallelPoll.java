package dev.tidegate.benchmark.drain;

import io.confluent.parallelconsumer.ParallelConsumerOptions;
import io.confluent.parallelconsumer.ParallelConsumerOptions.ProcessingOrder;
import io.confluent.parallelconsumer.ParallelStreamProcessor;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * One parallel consumer, ordered by key, everything else as it comes. Lives beside a Kafka client of its own ({@link
 * PeerClasses}), so it deals with the benchmark in words of the JDK: gets the consumer's properties with a topic and a
 * concurrency among them, and what to run for each record; gives what ends it.
 */
public final class ParallelPoll implements BiFunction<Map<String, Object>, Runnable, AutoCloseable> {
    @Override
    public AutoCloseable apply(Map<String, Object> all, Runnable each) {
        Map<String, Object> properties = new HashMap<>(all);
        String topic = (String) Objects.requireNonNull(properties.remove("topic"));
        int concurrency = (Integer) Objects.requireNonNull(properties.remove("concurrency"));
        ParallelStreamProcessor<byte[], byte[]> processor =
                ParallelStreamProcessor.createEosStreamProcessor(ParallelConsumerOptions.<byte[], byte[]>builder()
                        .ordering(ProcessingOrder.KEY)
                        .maxConcurrency(concurrency)
                        .consumer(new KafkaConsumer<>(properties))
                        .build());
        processor.subscribe(List.of(topic));
        processor.poll(polled -> each.run());
        return () -> processor.closeDontDrainFirst(Duration.ofSeconds(20));
    }
}
