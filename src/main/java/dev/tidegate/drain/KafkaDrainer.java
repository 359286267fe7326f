package dev.tidegate.drain;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** A drainer over a Kafka consumer. Each start is a run of its own; what operators wished and what was counted outlives it. */
public final class KafkaDrainer implements Drainer {
    private static final System.Logger LOG = System.getLogger(KafkaDrainer.class.getName());

    private volatile DrainerSettings settings;
    private final DrainerParts parts;
    private final LateProcessor processor;
    private final ReadCheck readCheck;
    private final Map<String, Object> consumerProperties;
    private final Tallies tallies = new Tallies();
    private final RestartSchedule restarts;
    private final Announcer announcer;
    private final Set<PauseCause> wished = EnumSet.noneOf(PauseCause.class);
    private @Nullable DrainerRun run;
    private @Nullable Waker waker;
    private volatile CountDownLatch ended = new CountDownLatch(0);
    private @Nullable String fault;
    private boolean isClosed;
    private volatile long seenNanos;
    private volatile boolean joined;

    private KafkaDrainer(DrainerSettings settings, DrainerParts parts, Supplier<ProcessorCall> processor) {
        this.settings = settings;
        this.parts = parts;
        this.processor = new LateProcessor(settings.name(), processor);
        this.readCheck = ConfiguredDeserializers.of(settings);
        this.consumerProperties = ConsumerProperties.of(settings, parts.instance());
        this.restarts = new RestartSchedule(settings.restartDelay(), settings.restartMaxDelay(), parts.ticker());
        this.announcer = new Announcer(parts.listener(), status());
        if ("latest".equals(settings.kafka().get(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG))) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "drainer {0}: auto.offset.reset is latest, so records of new partitions, and of a new group, can be"
                            + " lost; earliest loses none",
                    settings.name());
        }
    }

    /**
     * @param processor asked on the poll thread at each start until it returns one; what it throws is the drainer's fault
     * @throws IllegalArgumentException if the Kafka properties cannot be used
     */
    public static KafkaDrainer of(
            DrainerSettings settings, DrainerParts parts, Supplier<? extends RecordProcessor> processor) {
        return new KafkaDrainer(settings, parts, () -> ProcessorCall.of(processor.get()));
    }

    /**
     * @param processor as in {@link #of}
     * @throws IllegalArgumentException if the Kafka properties cannot be used
     */
    public static KafkaDrainer ofAsync(
            DrainerSettings settings, DrainerParts parts, Supplier<? extends AsyncRecordProcessor> processor) {
        return new KafkaDrainer(settings, parts, () -> ProcessorCall.ofAsync(processor.get()));
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public DrainerSettings settings() {
        return settings;
    }

    /** Follows changed settings, in what may change while it runs; what is on its way goes on as it began. */
    public void follow(DrainerSettings changed) {
        DrainerRun now;
        synchronized (this) {
            settings = settings.following(changed);
            now = run;
        }
        if (now != null) {
            now.follow(changed);
        }
    }

    /** After a fault: not before the restart delay is over, so it may be called as often as one likes. */
    @Override
    public void start() {
        Waker waking = new Waker();
        CountDownLatch over = new CountDownLatch(1);
        DrainerRun begun;
        synchronized (this) {
            if (isClosed || run != null || !restarts.isDue()) {
                return;
            }
            begun = new DrainerRun(settings, parts, processor, readCheck, tallies, waking, this::announce);
            fault = null;
            seen();
            restarts.started();
            run = begun;
            waker = waking;
            ended = over;
        }
        try {
            // A wish that comes from here on is told to the run as well: a cause is a fact, so twice is once.
            begun.open(wishes());
            parts.pollThreads().newThread(() -> live(begun, waking, over)).start();
        } catch (RuntimeException | Error noThread) {
            over(begun, noThread, over);
        }
    }

    private synchronized Set<PauseCause> wishes() {
        Set<PauseCause> copy = EnumSet.noneOf(PauseCause.class);
        copy.addAll(wished);
        return copy;
    }

    private void live(DrainerRun begun, Waker waking, CountDownLatch over) {
        Throwable end = null;
        try {
            begun.waitsFor("its processor to be made");
            processor.prepare();
            begun.waitsFor("the broker");
            Consumer<byte[], byte[]> consumer = connect(begun, waking);
            if (consumer != null) {
                try {
                    begun.waitsFor(null);
                    new PollLoop(consumer, begun, waking, this::seen).run();
                } finally {
                    PollLoop.close(consumer, settings.name());
                }
            }
        } catch (Throwable anything) {
            end = anything;
        } finally {
            over(begun, end, over);
        }
    }

    private void over(DrainerRun begun, @Nullable Throwable end, CountDownLatch over) {
        try {
            begun.close();
        } finally {
            ended(end);
            over.countDown();
        }
    }

    private void seen() {
        seenNanos = parts.ticker().nanos();
    }

    // A broker whose name does not resolve yet is an outage like any other: it is tried again until the stop.
    private @Nullable Consumer<byte[], byte[]> connect(DrainerRun begun, Waker waking) {
        while (!waking.isStopped()) {
            seen();
            try {
                return parts.consumers().apply(consumerProperties);
            } catch (KafkaException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                String why = String.valueOf(cause.getMessage());
                if (!why.contains(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG) && !why.contains("bootstrap urls")) {
                    throw e;
                }
                begun.waitsFor("the broker: " + why);
                pause(waking);
            }
        }
        return null;
    }

    // In pieces: a drainer that waits as it was told to is not stuck.
    private void pause(Waker waking) {
        Duration left = settings.restartDelay();
        while (!left.isNegative() && !waking.isStopped()) {
            seen();
            waking.pause(left.compareTo(Quiesce.BEAT) < 0 ? left : Quiesce.BEAT);
            left = left.minus(Quiesce.BEAT);
        }
        seen();
    }

    private void ended(@Nullable Throwable error) {
        synchronized (this) {
            run = null;
            waker = null;
            if (error != null) {
                fault = error.toString();
                Duration delay = restarts.failed();
                LOG.log(
                        System.Logger.Level.ERROR,
                        "TIDEGATE4002 drainer " + settings.name() + " failed; it may be started again in " + delay,
                        error);
            }
        }
        announce();
    }

    private void announce() {
        announcer.tell(this::status);
    }

    @Override
    public DrainerStatus status() {
        DrainerRun now;
        String failure;
        Set<PauseCause> causes;
        synchronized (this) {
            now = run;
            failure = fault;
            causes = wishes();
        }
        return now == null ? StatusReport.idle(settings, failure, causes, tallies) : StatusReport.of(now);
    }

    @Override
    public void pause(PauseCause cause) {
        DrainerRun now;
        synchronized (this) {
            wished.add(cause);
            now = run;
        }
        if (now != null) {
            now.add(cause);
        } else {
            announce();
        }
    }

    @Override
    public void resume(PauseCause cause) {
        DrainerRun now;
        synchronized (this) {
            wished.remove(cause);
            now = run;
        }
        if (now != null) {
            now.remove(cause);
        } else {
            announce();
        }
    }

    private synchronized @Nullable DrainerRun running() {
        return run;
    }

    @Override
    public SkipAnswer skip(Skip skip) {
        DrainerRun now = running();
        return now == null ? new SkipAnswer.Elsewhere("drainer " + name() + " does not run here") : now.skip(skip);
    }

    @Override
    public boolean isAlive(Duration within) {
        return running() == null || parts.ticker().nanos() - seenNanos <= within.toNanos();
    }

    @Override
    public boolean hasJoined() {
        DrainerRun now = running();
        joined = joined || (now != null && now.isJoined());
        return joined;
    }

    @Override
    public void stop() {
        Waker now;
        synchronized (this) {
            now = waker;
        }
        if (now != null) {
            now.stop();
        }
    }

    /** Stops for good: no start comes after it, not even a restart after a fault that was already due. */
    void close() {
        synchronized (this) {
            isClosed = true;
        }
        stop();
    }

    /** Waits until what {@link #stop} began is over; returns whether it is. */
    public boolean awaitStopped(Duration atMost) throws InterruptedException {
        return ended.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
    }
}
