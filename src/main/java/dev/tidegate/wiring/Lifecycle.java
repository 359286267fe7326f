package dev.tidegate.wiring;

import dev.tidegate.core.StoreException;
import dev.tidegate.drain.Drainer;
import dev.tidegate.drain.Drainers;
import dev.tidegate.drain.wish.WishFollower;
import dev.tidegate.metrics.Meters;
import dev.tidegate.monitor.BrokerProbe;
import dev.tidegate.monitor.InstanceReporter;
import dev.tidegate.monitor.StartProgress;
import dev.tidegate.monitor.StartProgress.Phase;
import dev.tidegate.publish.KafkaPublishers;
import dev.tidegate.store.Schema;
import dev.tidegate.store.StoreLink;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Shutdown;
import jakarta.enterprise.event.Startup;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.LogManager;

/**
 * Starts this instance and stops it. The start runs on a thread of its own, since the store may come much later than the
 * application: tables, then circuits, then operators' wishes, and only then drainers.
 */
@ApplicationScoped
public class Lifecycle {
    private static final System.Logger LOG = System.getLogger(Lifecycle.class.getName());

    private static final Duration METERS_FOLLOW = Duration.ofSeconds(1);

    private final TidegateSettings settings;
    private final Surroundings surroundings;
    private final Threads threads;
    private final Schema schema;
    private final StoreLink link;
    private final WishFollower follower;
    private final Drainers drainers;
    private final MadeDrainers madeDrainers;
    private final KafkaPublishers publishers;
    private final LetterClients letters;
    private final InstanceReporter reporter;
    private final RegularWork regularWork;
    private final BrokerProbe broker;
    private final StartProgress progress;
    private final Meters meters;
    private final Retries retries;
    private final AtomicBoolean isStopped = new AtomicBoolean();

    @Inject
    Lifecycle(
            TidegateSettings settings,
            Surroundings surroundings,
            Threads threads,
            Schema schema,
            StoreLink link,
            WishFollower follower,
            Drainers drainers,
            MadeDrainers madeDrainers,
            KafkaPublishers publishers,
            LetterClients letters,
            InstanceReporter reporter,
            RegularWork regularWork,
            BrokerProbe broker,
            StartProgress progress,
            Meters meters) {
        this.settings = settings;
        this.surroundings = surroundings;
        this.threads = threads;
        this.schema = schema;
        this.link = link;
        this.follower = follower;
        this.drainers = drainers;
        this.madeDrainers = madeDrainers;
        this.publishers = publishers;
        this.letters = letters;
        this.reporter = reporter;
        this.regularWork = regularWork;
        this.broker = broker;
        this.progress = progress;
        this.meters = meters;
        this.retries = new Retries(Duration.ofMillis(500), Duration.ofSeconds(5));
    }

    /** For the proxy. */
    @SuppressWarnings("NullAway")
    protected Lifecycle() {
        this(null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    void start(@Observes Startup event) {
        LastLines.keep(LogManager.getLogManager());
        threads.factory().newThread(this::bringUp).start();
    }

    private void bringUp() {
        try {
            LOG.log(System.Logger.Level.INFO, "TIDEGATE0001 instance {0} starts", settings.instance());
            ScheduledExecutorService rhythm = threads.scheduler(2);
            every(rhythm, settings.store().reportInterval(), broker::check);
            retries.untilDone("bringing the store's tables up to date", schema::migrate);
            progress.reached(Phase.STARTING);
            link.start();
            retries.untilDone("reading the circuits", this::requireAnswer);
            retries.untilDone("reading what operators wish", follower::begin);
            drainers.all().forEach(Drainer::start);
            if (isStopped.get()) {
                // The stop came in between, and may have passed the drainers before they had begun.
                madeDrainers.close();
                return;
            }
            progress.reached(Phase.STARTED);
            every(rhythm, settings.store().reportInterval(), reporter::exchange);
            regularWork.begin((interval, work) -> every(rhythm, interval, work));
            every(rhythm, METERS_FOLLOW, meters::follow);
            LOG.log(
                    System.Logger.Level.INFO,
                    "TIDEGATE0002 instance {0} started with {1} drainers and {2} publishers",
                    settings.instance(),
                    settings.drainers().size(),
                    settings.publishers().size());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "TIDEGATE0003 instance " + settings.instance() + " cannot start", e);
        }
    }

    private static void every(ScheduledExecutorService rhythm, Duration interval, Runnable work) {
        ScheduledFuture<?> unused =
                rhythm.scheduleWithFixedDelay(() -> contained(work), 0, interval.toNanos(), TimeUnit.NANOSECONDS);
    }

    // What throws once would never be run again.
    private static void contained(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.WARNING, "a bug: what is done regularly failed; it is done again", e);
        }
    }

    private void requireAnswer() throws StoreException {
        link.readNow();
        if (!link.outage().hasAnswered()) {
            throw new StoreException(
                    "the circuits were not read yet: " + link.outage().why());
        }
    }

    void shutDown(@Observes Shutdown event) {
        stop();
    }

    // Where the container tells of no shutdown, such as for an application that is replaced.
    @PreDestroy
    void destroy() {
        stop();
    }

    /** What is handed over is finished first, then what it needs is closed. */
    private void stop() {
        if (!isStopped.compareAndSet(false, true)) {
            return;
        }
        LOG.log(System.Logger.Level.INFO, "TIDEGATE0004 instance {0} stops", settings.instance());
        long begin = surroundings.ticker().nanos();
        retries.stop();
        madeDrainers.close();
        publishers.close();
        letters.close();
        if (progress.isStarted()) {
            reporter.leave();
        }
        meters.close();
        link.close();
        broker.close();
        threads.close();
        LOG.log(
                System.Logger.Level.INFO,
                "TIDEGATE0006 instance {0} stopped within {1}",
                settings.instance(),
                Duration.ofNanos(surroundings.ticker().nanos() - begin));
    }
}
