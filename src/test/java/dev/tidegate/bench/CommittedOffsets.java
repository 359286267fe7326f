package dev.tidegate.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** A group's committed offsets as the broker tells them ten times a second, and where one went back. Thread-safe. */
public final class CommittedOffsets implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(100);
    private static final int ANSWER_MILLIS = 1_000;

    private final Admin admin;
    private final String group;
    private final Map<TopicPartition, Long> last = new TreeMap<>((one, other) -> one.partition() - other.partition());
    private final ConcurrentLinkedQueue<String> wentBack = new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "committed-offsets");
        thread.setDaemon(true);
        return thread;
    });

    private CommittedOffsets(Admin admin, String group) {
        this.admin = admin;
        this.group = group;
    }

    /** @param admin closed with this */
    public static CommittedOffsets watch(Admin admin, String group) {
        CommittedOffsets offsets = new CommittedOffsets(admin, group);
        Future<?> unused =
                offsets.clock.scheduleWithFixedDelay(offsets::sample, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return offsets;
    }

    private void sample() {
        try {
            compare(admin.listConsumerGroupOffsets(
                            group, new ListConsumerGroupOffsetsOptions().timeoutMs(ANSWER_MILLIS))
                    .partitionsToOffsetAndMetadata()
                    .get());
        } catch (ExecutionException brokerIsAway) {
            // The next sample is compared with what was seen before.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void compare(Map<TopicPartition, OffsetAndMetadata> now) {
        now.forEach((partition, at) -> {
            if (at == null) {
                return;
            }
            Long before = last.put(partition, at.offset());
            if (before != null && before > at.offset()) {
                wentBack.add(partition + ": " + before + " to " + at.offset());
            }
        });
        last.keySet().stream()
                .filter(partition -> now.get(partition) == null)
                .forEach(partition -> wentBack.add(partition + ": " + last.get(partition) + " to none"));
    }

    public List<String> wentBack() {
        return List.copyOf(wentBack);
    }

    /** Of how many partitions an offset was seen. */
    public synchronized int partitions() {
        return last.size();
    }

    /** End less committed, summed, as the latest sample says; the ends are asked now. */
    public long lag() throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> committed;
        synchronized (this) {
            committed = Map.copyOf(last);
        }
        Map<TopicPartition, OffsetSpec> asked =
                committed.keySet().stream().collect(Collectors.toMap(at -> at, at -> OffsetSpec.latest()));
        return admin.listOffsets(asked).all().get().entrySet().stream()
                .mapToLong(end -> end.getValue().offset() - committed.getOrDefault(end.getKey(), 0L))
                .sum();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        admin.close();
    }
}
