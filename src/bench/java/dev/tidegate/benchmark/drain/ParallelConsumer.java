package dev.tidegate.benchmark.drain;

import io.confluent.parallelconsumer.ParallelConsumerOptions;
import io.confluent.parallelconsumer.ParallelConsumerOptions.ProcessingOrder;
import io.confluent.parallelconsumer.ParallelStreamProcessor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** Confluent's parallel consumer, ordered by key, everything else as it comes. */
final class ParallelConsumer implements Contender {
    @Override
    public String name() {
        return "parallel-consumer";
    }

    @Override
    public double drain(Load load, Work work, String group) {
        Arrivals arrivals = new Arrivals();
        List<ParallelStreamProcessor<byte[], byte[]>> processors = load.topics().stream()
                .map(topic -> processor(load, topic, work, group))
                .toList();
        try {
            processors.forEach(processor -> processor.poll(polled -> {
                work.handle();
                arrivals.note();
            }));
            return arrivals.perSecondOf(load.records());
        } finally {
            processors.forEach(processor -> processor.closeDontDrainFirst(Duration.ofSeconds(20)));
        }
    }

    private static ParallelStreamProcessor<byte[], byte[]> processor(Load load, String topic, Work work, String group) {
        var options = ParallelConsumerOptions.<byte[], byte[]>builder()
                .ordering(ProcessingOrder.KEY)
                .maxConcurrency(work.concurrency())
                .consumer(plain(new KafkaConsumer<>(load.consumer(group + topic))))
                .build();
        ParallelStreamProcessor<byte[], byte[]> processor = ParallelStreamProcessor.createEosStreamProcessor(options);
        processor.subscribe(List.of(topic));
        return processor;
    }

    // It looks for a field of KafkaConsumer that today's client no longer has; any other consumer it takes as it is.
    @SuppressWarnings("unchecked")
    private static Consumer<byte[], byte[]> plain(Consumer<byte[], byte[]> consumer) {
        return (Consumer<byte[], byte[]>) Proxy.newProxyInstance(
                ParallelConsumer.class.getClassLoader(), new Class<?>[] {Consumer.class}, (self, method, arguments) -> {
                    try {
                        return method.invoke(consumer, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
