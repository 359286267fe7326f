package dev.tidegate.publish;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The publishers that one instance was given at its start. */
public final class KafkaPublishers implements Publishers, AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final List<KafkaPublisher> publishers;

    public KafkaPublishers(Collection<KafkaPublisher> publishers) {
        this.publishers = List.copyOf(publishers);
    }

    @Override
    public Collection<Publisher> all() {
        return List.copyOf(publishers);
    }

    @Override
    public Optional<Publisher> find(String name) {
        return publishers.stream()
                .filter(publisher -> publisher.name().equals(name))
                .map(Publisher.class::cast)
                .findFirst();
    }

    /** Closes them all at once, within five seconds. */
    @Override
    public void close() {
        publishers.parallelStream().forEach(publisher -> publisher.close(CLOSE_TIMEOUT));
    }
}
