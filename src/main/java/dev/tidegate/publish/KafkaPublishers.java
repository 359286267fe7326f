package dev.tidegate.publish;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The publishers that one instance was given at its start. */
public final class KafkaPublishers implements Publishers, AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final List<KafkaPublisher> publishers;
    private final Executor closing;

    /** @param closing with a thread for each publisher: each may be held until its broker answers */
    public KafkaPublishers(Collection<KafkaPublisher> publishers, Executor closing) {
        this.closing = closing;
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
        List<CompletableFuture<Void>> all =
                publishers.stream().map(this::closed).toList();
        all.forEach(CompletableFuture::join);
    }

    private CompletableFuture<Void> closed(KafkaPublisher publisher) {
        try {
            return CompletableFuture.runAsync(() -> publisher.close(CLOSE_TIMEOUT), closing);
        } catch (RuntimeException | Error noThread) {
            publisher.close(Duration.ZERO);
            return CompletableFuture.completedFuture(null);
        }
    }
}
