package dev.tidegate.benchmark.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.drain.DrainerState;
import dev.tidegate.drain.KafkaDrainer;
import dev.tidegate.drain.Outcome;
import dev.tidegate.drain.PauseCause;
import dev.tidegate.fixture.KafkaBroker;
import dev.tidegate.it.DrainingInstance;
import dev.tidegate.store.InMemoryCircuitStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prints how long after it was resumed a paused drainer, with nothing in memory, handles a record that waits on the broker. */
class ResumeBench {
    private static final int WARM = 50;
    private static final int ROUNDS = Integer.getInteger("bench.resumes", 300);

    @TempDir
    private static Path directory;

    @Test
    void from_resume_to_the_first_record() throws Exception {
        SynchronousQueue<Long> handledAt = new SynchronousQueue<>();
        try (KafkaBroker broker = KafkaBroker.startForLoad(directory);
                var producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", (Object) broker.bootstrapServers()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            broker.createTopic("resume", 1);
            Load load = new Load(broker, List.of("resume"), 0, 0);
            try (DrainingInstance instance = new DrainingInstance(
                    "bench",
                    new InMemoryCircuitStore(InstantSource.system()),
                    TidegateDrainers.settings(load, "resume", new Work(0, 16), "resume-"))) {
                KafkaDrainer drainer = instance.start(delivery -> {
                    handledAt.put(System.nanoTime());
                    return Outcome.Done.WITHOUT_RESULT;
                });
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> !drainer.status().partitions().isEmpty());
                long[] micros = new long[ROUNDS];
                for (int round = -WARM; round < ROUNDS; round++) {
                    drainer.pause(PauseCause.OPERATOR);
                    await().atMost(Duration.ofSeconds(60))
                            .until(() -> drainer.status().state() == DrainerState.PAUSED);
                    producer.send(new ProducerRecord<>("resume", new byte[100])).get();
                    long begin = System.nanoTime();
                    drainer.resume(PauseCause.OPERATOR);
                    Long handled = handledAt.poll(60, TimeUnit.SECONDS);
                    assertThat(handled).isNotNull();
                    if (round >= 0) {
                        micros[round] = TimeUnit.NANOSECONDS.toMicros(handled - begin);
                    }
                }
                print(micros);
            }
        }
    }

    private static void print(long[] micros) {
        Arrays.sort(micros);
        System.out.printf(
                Locale.ROOT,
                "%nresume to the first record, %d times: p50 %.1f ms, p99 %.1f ms, longest %.1f ms%n",
                micros.length,
                micros[micros.length / 2] / 1e3,
                micros[micros.length * 99 / 100] / 1e3,
                micros[micros.length - 1] / 1e3);
    }
}
