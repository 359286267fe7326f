package dev.tidegate.drain;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Asks through an admin client, which is made at the first question, since no address may resolve before. Thread-safe. */
public final class KafkaTopicDirectory implements TopicDirectory {
    private static final int FAILURES_OF_A_STALE_CLIENT = 10;

    private final Map<String, Object> properties;
    private final Function<Map<String, Object>, Admin> admins;
    private final Executor executor;
    private final IsolationLevel isolation;
    private @Nullable Admin admin;
    private boolean closed;
    private int failuresInARow;

    /**
     * @param kafka a drainer's Kafka properties
     * @param admins makes the client
     * @param executor where the client is made, which may take long: it looks addresses up
     */
    public KafkaTopicDirectory(
            String drainer, Map<String, String> kafka, Function<Map<String, Object>, Admin> admins, Executor executor) {
        this.executor = executor;
        this.properties = AdminProperties.of(drainer, kafka);
        this.admins = admins;
        this.isolation = "read_committed".equalsIgnoreCase(kafka.get("isolation.level"))
                ? IsolationLevel.READ_COMMITTED
                : IsolationLevel.READ_UNCOMMITTED;
    }

    private Admin client() {
        Admin known = known();
        if (known != null) {
            return known;
        }
        // Outside the lock, so that nobody waits for names to be looked up, least of all the stop.
        Admin made = admins.apply(properties);
        Admin first;
        synchronized (this) {
            first = admin;
            if (first == null && !closed) {
                admin = made;
                return made;
            }
        }
        made.close(Duration.ZERO);
        if (first == null) {
            throw new KafkaException("closed");
        }
        return first;
    }

    private synchronized @Nullable Admin known() {
        if (closed) {
            throw new KafkaException("closed");
        }
        return admin;
    }

    @Override
    public CompletionStage<Map<String, TopicFinding>> describe(Set<String> topics) {
        return asked(() -> each(client().describeTopics(topics).topicNameValues(), KafkaTopicDirectory::finding));
    }

    private <T> CompletionStage<T> asked(Supplier<CompletionStage<T>> question) {
        try {
            return CompletableFuture.supplyAsync(() -> noted(question.get()), executor)
                    .thenCompose(answer -> answer);
        } catch (RuntimeException | Error noThread) {
            return CompletableFuture.failedStage(noThread);
        }
    }

    // A client that finds nobody any more is made anew, so that addresses are looked up again.
    private <T> CompletionStage<T> noted(CompletionStage<T> answer) {
        return answer.whenComplete((found, error) -> {
            Admin stale = null;
            synchronized (this) {
                failuresInARow = error == null ? 0 : failuresInARow + 1;
                if (failuresInARow >= FAILURES_OF_A_STALE_CLIENT) {
                    failuresInARow = 0;
                    stale = admin;
                    admin = null;
                }
            }
            if (stale != null) {
                // Also from the client's own thread, which then is not waited for.
                stale.close(Duration.ZERO);
            }
        });
    }

    private static TopicFinding finding(@Nullable TopicDescription found, @Nullable Throwable error) {
        if (found != null) {
            return new TopicFinding.Found(found.topicId(), found.partitions().size());
        }
        if (error instanceof UnknownTopicOrPartitionException || error instanceof InvalidTopicException) {
            return new TopicFinding.Missing();
        }
        if (error instanceof AuthorizationException) {
            return new TopicFinding.Untold(String.valueOf(error.getMessage()));
        }
        throw new KafkaException(error);
    }

    @Override
    public CompletionStage<Map<TopicPartition, Ends>> ends(Set<TopicPartition> partitions) {
        return asked(() -> offsets(partitions, OffsetSpec.earliest())
                .thenCombine(offsets(partitions, OffsetSpec.latest()), KafkaTopicDirectory::paired));
    }

    private CompletionStage<Map<TopicPartition, Long>> offsets(Set<TopicPartition> partitions, OffsetSpec spec) {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, spec));
        ListOffsetsResult result = client().listOffsets(asked, new ListOffsetsOptions(isolation));
        Map<TopicPartition, KafkaFuture<ListOffsetsResult.ListOffsetsResultInfo>> futures = new HashMap<>();
        partitions.forEach(partition -> futures.put(partition, result.partitionResult(partition)));
        return each(futures, KafkaTopicDirectory::offset);
    }

    private static @Nullable Long offset(
            ListOffsetsResult.@Nullable ListOffsetsResultInfo found, @Nullable Throwable error) {
        if (found != null) {
            return found.offset();
        }
        if (error instanceof UnknownTopicOrPartitionException || error instanceof AuthorizationException) {
            return null;
        }
        throw new KafkaException(error);
    }

    private static Map<TopicPartition, Ends> paired(Map<TopicPartition, Long> begins, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Ends> paired = new HashMap<>();
        begins.forEach((partition, begin) -> {
            Long end = ends.get(partition);
            if (end != null) {
                paired.put(partition, new Ends(begin, end));
            }
        });
        return paired;
    }

    private interface Reading<V, R> {
        @Nullable
        R read(@Nullable V value, @Nullable Throwable error);
    }

    // One answer each, an error included; a reading that throws fails the whole. Answers of null are left out.
    private static <K, V, R> CompletionStage<Map<K, R>> each(Map<K, KafkaFuture<V>> futures, Reading<V, R> reading) {
        CompletionStage<Map<K, R>> all = CompletableFuture.completedStage(new HashMap<>());
        for (Map.Entry<K, KafkaFuture<V>> future : futures.entrySet()) {
            K key = future.getKey();
            CompletionStage<V> one = future.getValue().toCompletionStage();
            CompletionStage<Answered<R>> read =
                    one.handle((value, error) -> new Answered<>(reading.read(value, bare(error))));
            all = all.thenCombine(read, (map, answer) -> {
                if (answer.value() != null) {
                    map.put(key, answer.value());
                }
                return map;
            });
        }
        return all;
    }

    private record Answered<R>(@Nullable R value) {}

    private static @Nullable Throwable bare(@Nullable Throwable error) {
        return error != null && error.getCause() != null && !(error instanceof KafkaException)
                ? error.getCause()
                : error;
    }

    @Override
    public void close() {
        Admin open;
        synchronized (this) {
            closed = true;
            open = admin;
            admin = null;
        }
        if (open != null) {
            open.close(Duration.ZERO);
        }
    }
}
