package dev.tidegate.publish;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Looks at one drainer's dead-letter topics through an admin client that lives as long as the look. */
public final class KafkaDeadLetterTopics implements DeadLetterTopics {
    private final DeadLetterSettings settings;
    private final AdminFactory factory;
    private final Executor executor;

    /** @param executor where a look may block for the delivery timeout */
    public KafkaDeadLetterTopics(DeadLetterSettings settings, AdminFactory factory, Executor executor) {
        this.settings = settings;
        this.factory = factory;
        this.executor = executor;
    }

    @Override
    public CompletionStage<Map<String, DeadLetterTopicCheck>> ensure(Map<String, String> deadLetterTopics) {
        try {
            return CompletableFuture.supplyAsync(() -> look(deadLetterTopics), executor);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(all(deadLetterTopics, new DeadLetterTopicCheck.Unknown(e)));
        }
    }

    private Map<String, DeadLetterTopicCheck> look(Map<String, String> deadLetterTopics) {
        try (Admin admin = factory.create(properties())) {
            Map<String, DeadLetterTopicCheck> found = new HashMap<>();
            for (String topic : new LinkedHashSet<>(deadLetterTopics.values())) {
                found.put(topic, look(admin, topic, sourcesOf(topic, deadLetterTopics)));
            }
            return found;
        } catch (KafkaException e) {
            return all(deadLetterTopics, new DeadLetterTopicCheck.Unknown(e));
        }
    }

    private DeadLetterTopicCheck look(Admin admin, String topic, Collection<String> sources) {
        try {
            if (describe(admin, topic).isPresent()) {
                return new DeadLetterTopicCheck.Ready(false);
            }
            if (!settings.isCreated()) {
                return new DeadLetterTopicCheck.Absent(
                        "dead-letter topic " + topic + " does not exist and tidegate.drainer." + settings.drainer()
                                + ".dead-letter-create is false: create the topic, or set it to true");
            }
            return create(admin, topic, sources);
        } catch (AuthorizationException | InvalidTopicException e) {
            return new DeadLetterTopicCheck.Absent("dead-letter topic " + topic + ": " + e.getMessage());
        } catch (KafkaException e) {
            return new DeadLetterTopicCheck.Unknown(e);
        }
    }

    private DeadLetterTopicCheck create(Admin admin, String topic, Collection<String> sources) {
        int partitions = 0;
        long bytes = 0;
        for (String source : sources) {
            Optional<TopicDescription> description = describe(admin, source);
            if (description.isEmpty()) {
                return new DeadLetterTopicCheck.Unknown(new UnknownTopicOrPartitionException(
                        "topic " + source + " does not exist, so " + topic + " cannot be made like it"));
            }
            partitions = Math.max(partitions, description.get().partitions().size());
            bytes = Math.max(bytes, mostBytes(admin, source));
        }
        NewTopic made = new NewTopic(topic, Optional.of(partitions), Optional.ofNullable(settings.replication()));
        made.configs(configs(bytes));
        try {
            await(admin.createTopics(Set.of(made)).all());
            return new DeadLetterTopicCheck.Ready(true);
        } catch (TopicExistsException e) {
            return new DeadLetterTopicCheck.Ready(false);
        } catch (AuthorizationException | InvalidReplicationFactorException | PolicyViolationException e) {
            return new DeadLetterTopicCheck.Absent(
                    "dead-letter topic " + topic + " does not exist and cannot be created: " + e.getMessage()
                            + " Create it with " + partitions + " partitions.");
        }
    }

    private static Map<String, String> configs(long bytes) {
        Map<String, String> configs = new HashMap<>();
        // Letters keep their source's timestamp: by the broker's default an old one would be deleted, a far one
        // refused.
        configs.put(TopicConfig.RETENTION_MS_CONFIG, "-1");
        configs.put(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE));
        configs.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        if (bytes > 0) {
            configs.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Long.toString(bytes));
        }
        return configs;
    }

    private static Optional<TopicDescription> describe(Admin admin, String topic) {
        try {
            return Optional.ofNullable(
                    await(admin.describeTopics(Set.of(topic)).allTopicNames()).get(topic));
        } catch (UnknownTopicOrPartitionException e) {
            return Optional.empty();
        }
    }

    /** The source's size limit, or 0 if this client may not see it. */
    private static long mostBytes(Admin admin, String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            Config config = await(admin.describeConfigs(Set.of(resource)).all()).get(resource);
            ConfigEntry limit = config == null ? null : config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
            return limit == null ? 0 : Long.parseLong(limit.value());
        } catch (AuthorizationException e) {
            return 0;
        }
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while the broker was asked", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ApiException answered) {
                throw answered;
            }
            throw new KafkaException("the broker could not be asked", e.getCause());
        }
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = new HashMap<>();
        settings.kafka().forEach((key, value) -> {
            boolean isOfOthers = ProducerConfig.configNames().contains(key)
                    || ConsumerConfig.configNames().contains(key);
            if (AdminClientConfig.configNames().contains(key) || !isOfOthers) {
                properties.put(key, value);
            }
        });
        long timeout = settings.deliveryTimeout().toMillis();
        properties.put(AdminClientConfig.CLIENT_ID_CONFIG, "tidegate-" + settings.drainer() + "-dead-letter-topics");
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Long.toString(Math.min(10_000, timeout)));
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Long.toString(timeout));
        return properties;
    }

    private static Set<String> sourcesOf(String deadLetterTopic, Map<String, String> deadLetterTopics) {
        Set<String> sources = new LinkedHashSet<>(deadLetterTopics.keySet());
        sources.removeIf(source -> !deadLetterTopic.equals(deadLetterTopics.get(source)));
        return sources;
    }

    private static Map<String, DeadLetterTopicCheck> all(
            Map<String, String> deadLetterTopics, DeadLetterTopicCheck check) {
        Map<String, DeadLetterTopicCheck> all = new HashMap<>();
        deadLetterTopics.values().forEach(topic -> all.put(topic, check));
        return all;
    }
}
