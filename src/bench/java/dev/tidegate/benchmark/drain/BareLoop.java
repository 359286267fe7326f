package dev.tidegate.benchmark.drain;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** Poll, handle, commitSync: what everybody writes first. */
final class BareLoop implements Contender {
    @Override
    public String name() {
        return "bare loop";
    }

    @Override
    public double drain(Load load, Work work, String group) throws Exception {
        Arrivals arrivals = new Arrivals();
        AtomicBoolean ended = new AtomicBoolean();
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            List<Future<?>> loops = load.topics().stream()
                    .<Future<?>>map(topic -> threads.submit(() -> loop(load, topic, work, group, arrivals, ended)))
                    .toList();
            double speed = arrivals.perSecondOf(load.records());
            ended.set(true);
            for (Future<?> loop : loops) {
                loop.get();
            }
            return speed;
        } finally {
            threads.shutdownNow();
        }
    }

    private static void loop(Load load, String topic, Work work, String group, Arrivals arrivals, AtomicBoolean ended) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(load.consumer(group + topic))) {
            consumer.subscribe(List.of(topic));
            while (!ended.get()) {
                ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ofMillis(100));
                for (ConsumerRecord<byte[], byte[]> record : polled) {
                    work.handle();
                    arrivals.note();
                }
                if (!polled.isEmpty()) {
                    consumer.commitSync();
                }
            }
        }
    }
}
