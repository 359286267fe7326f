package dev.tidegate.wiring;

import dev.tidegate.drain.DrainerListener;
import dev.tidegate.drain.DrainerParts;
import dev.tidegate.drain.DrainerSettings;
import dev.tidegate.drain.Drainers;
import dev.tidegate.drain.KafkaDrainer;
import dev.tidegate.drain.KafkaDrainers;
import dev.tidegate.drain.KafkaTopicDirectory;
import dev.tidegate.drain.wish.DrainerOperator;
import dev.tidegate.drain.wish.WishFollower;
import dev.tidegate.guard.Circuits;
import dev.tidegate.publish.DeadLetterSender;
import dev.tidegate.publish.DeadLetterSettings;
import dev.tidegate.publish.DeadLetterSettings.HeaderStyle;
import dev.tidegate.publish.KafkaDeadLetterSender;
import dev.tidegate.publish.KafkaDeadLetterTopics;
import dev.tidegate.publish.ProducerFactory;
import dev.tidegate.publish.Publisher;
import dev.tidegate.publish.Publishers;
import dev.tidegate.store.DrainerWishes;
import dev.tidegate.store.SkipWishes;
import dev.tidegate.store.StoreOutage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.jspecify.annotations.Nullable;

/** The drainers of this instance; nothing is started here. */
@Dependent
public class DrainersProducer {
    private static final Duration DEAD_LETTER_BLOCK = Duration.ofSeconds(2);
    private static final Duration DEAD_LETTER_DELIVERY = Duration.ofSeconds(30);
    // Beside those that processors hold: sends, news of circuits, what follows an answer.
    private static final int SPARE_WORKERS = 4;
    private static final int WORK_WAITING = 100_000;
    private static final int NEWS_WAITING = 10_000;

    private final TidegateSettings settings;
    private final Surroundings surroundings;
    private final Threads threads;

    @Inject
    DrainersProducer(TidegateSettings settings, Surroundings surroundings, Threads threads) {
        this.settings = settings;
        this.surroundings = surroundings;
        this.threads = threads;
    }

    @Produces
    @ApplicationScoped
    Drainers drainers(MadeDrainers made) {
        return made.drainers();
    }

    @Produces
    @Singleton
    MadeDrainers made(
            Circuits circuits,
            Publishers publishers,
            ProducerFactory producers,
            Processors processors,
            @Any Event<Object> observers) {
        DrainerListener news = new DrainerNews(threads.pool(1, NEWS_WAITING), observers::fire);
        ScheduledExecutorService scheduler = threads.scheduler(2);
        List<KafkaDrainer> drainers = new ArrayList<>();
        List<DeadLetterSender> senders = new ArrayList<>();
        Map<String, IntConsumer> pools = new HashMap<>();
        for (DrainerSettings drainer : settings.drainers()) {
            boolean holdsThreads = processors.holdsThreads(drainer);
            int holding = holdsThreads ? drainer.concurrency() : 0;
            ThreadPoolExecutor workers = threads.pool(holding + SPARE_WORKERS, WORK_WAITING);
            if (holdsThreads) {
                pools.put(drainer.name(), concurrency -> Threads.resize(workers, concurrency + SPARE_WORKERS));
            }
            DeadLetterSettings letters = deadLetters(drainer);
            DeadLetterSender sender =
                    new KafkaDeadLetterSender(letters, producers, threads.pool(2, NEWS_WAITING), surroundings.ticker());
            senders.add(sender);
            DrainerParts parts = new DrainerParts(
                    settings.instance(),
                    circuits.circuit(drainer.circuit()),
                    publisher(publishers, drainer),
                    sender,
                    new KafkaDeadLetterTopics(letters, Admin::create, threads.pool(1, NEWS_WAITING)),
                    KafkaConsumer::new,
                    () -> new KafkaTopicDirectory(drainer.name(), drainer.kafka(), Admin::create, workers),
                    threads.factory(),
                    workers,
                    scheduler,
                    surroundings.ticker(),
                    surroundings.clock(),
                    surroundings.random(),
                    news);
            drainers.add(processors.drainer(drainer, parts));
        }
        return new MadeDrainers(
                new KafkaDrainers(drainers, surroundings.ticker()), senders, pools, processors.probes());
    }

    /** One thread, and one more wait behind it: each following reads all there is. */
    @Produces
    @Singleton
    WishFollower follower(Drainers drainers, DrainerWishes wishes, SkipWishes skips, StoreOutage outage) {
        return new WishFollower(settings.instance(), drainers, wishes, skips, outage, threads.pool(1, 1));
    }

    /** What operators' calls go through. */
    @Produces
    @Singleton
    DrainerOperator operator(
            Drainers drainers, DrainerWishes wishes, SkipWishes skips, StoreOutage outage, WishFollower follower) {
        return new DrainerOperator(drainers, wishes, skips, outage, follower, surroundings.tokens());
    }

    private static @Nullable Publisher publisher(Publishers publishers, DrainerSettings drainer) {
        return drainer.publisher() == null
                ? null
                : publishers.find(drainer.publisher()).orElse(null);
    }

    private static DeadLetterSettings deadLetters(DrainerSettings drainer) {
        return deadLetters(drainer, DEAD_LETTER_BLOCK, DEAD_LETTER_DELIVERY);
    }

    static DeadLetterSettings deadLetters(DrainerSettings drainer, Duration maxBlock, Duration delivery) {
        HeaderStyle headers =
                switch (drainer.deadLetterHeaders()) {
                    case TIDEGATE -> HeaderStyle.TIDEGATE;
                    case SPRING -> HeaderStyle.SPRING;
                    case SMALLRYE -> HeaderStyle.SMALLRYE;
                };
        return new DeadLetterSettings(
                drainer.name(),
                drainer.isDeadLetterCreated(),
                drainer.deadLetterReplication(),
                drainer.deadLetterOversize() == DrainerSettings.Oversize.TRUNCATE,
                headers,
                maxBlock,
                delivery,
                drainer.deadLetterKafka());
    }
}
