package dev.tidegate.wiring;

import dev.tidegate.drain.AsyncRecordProcessor;
import dev.tidegate.drain.Downstream;
import dev.tidegate.drain.DrainerParts;
import dev.tidegate.drain.DrainerSettings;
import dev.tidegate.drain.KafkaDrainer;
import dev.tidegate.drain.RecordProcessor;
import dev.tidegate.drain.http.DownstreamSettings;
import dev.tidegate.drain.http.HttpDownstream;
import dev.tidegate.drain.http.HttpProcessor;
import dev.tidegate.guard.HealthProber;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.literal.NamedLiteral;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Gives each drainer the processor that its settings name. That a named bean exists was checked at the deployment; it is
 * made when the drainer starts, since it may need what the application has only then.
 */
@Dependent
class Processors {
    // Own threads for each drainer, so that one downstream cannot hold up another's answers.
    private static final int HTTP_THREADS = 4;
    private static final int HTTP_WAITING = 100_000;

    private final TidegateSettings settings;
    private final Threads threads;
    private final Instance<RecordProcessor> processors;
    private final Instance<AsyncRecordProcessor> asyncProcessors;
    private final Instance<Downstream> downstreams;
    private final Map<String, HealthProber.Plan> probes = new HashMap<>();

    @Inject
    Processors(
            TidegateSettings settings,
            Threads threads,
            @Any Instance<RecordProcessor> processors,
            @Any Instance<AsyncRecordProcessor> asyncProcessors,
            @Any Instance<Downstream> downstreams) {
        this.settings = settings;
        this.threads = threads;
        this.processors = processors;
        this.asyncProcessors = asyncProcessors;
        this.downstreams = downstreams;
    }

    /** Whether each record of that drainer holds a worker thread while it is processed. */
    boolean holdsThreads(DrainerSettings drainer) {
        return !isHttp(drainer) && isBlocking(drainer);
    }

    KafkaDrainer drainer(DrainerSettings drainer, DrainerParts parts) {
        NamedLiteral name = NamedLiteral.of(drainer.processor());
        if (isHttp(drainer)) {
            return KafkaDrainer.ofAsync(drainer, parts, http(drainer));
        }
        return isBlocking(drainer)
                ? KafkaDrainer.of(drainer, parts, () -> made(processors.select(name)))
                : KafkaDrainer.ofAsync(drainer, parts, () -> made(asyncProcessors.select(name)));
    }

    // A proxy makes its bean at the first call only: with this one, what that throws is the drainer's fault and no
    // record's.
    private static <T> T made(Instance<T> bean) {
        T proxy = bean.get();
        Objects.requireNonNull(proxy.toString(), "toString() of a processor");
        return proxy;
    }

    private Supplier<AsyncRecordProcessor> http(DrainerSettings drainer) {
        DownstreamSettings downstream = settings.downstreams().get(drainer.downstream());
        if (downstream == null) {
            throw new IllegalStateException("a bug: downstream '" + drainer.downstream() + "' was not read");
        }
        Supplier<Downstream> client = client(drainer, downstream);
        if (downstream.healthPath() != null) {
            probes.putIfAbsent(
                    drainer.circuit(),
                    new HealthProber.Plan(() -> client.get().healthy(), downstream.healthInterval()));
        }
        return () -> new HttpProcessor(client.get(), downstream);
    }

    private Supplier<Downstream> client(DrainerSettings drainer, DownstreamSettings downstream) {
        if (downstream.client().equals(DrainerReader.HTTP)) {
            Downstream client = httpClient(drainer, downstream);
            return () -> client;
        }
        return new Late<>(() -> made(downstreams.select(NamedLiteral.of(downstream.client()))));
    }

    private HttpDownstream httpClient(DrainerSettings drainer, DownstreamSettings downstream) {
        Executor executor = threads.pool(HTTP_THREADS, HTTP_WAITING);
        return drainer.publisher() == null
                ? HttpDownstream.withoutResults(downstream, executor)
                : new HttpDownstream(downstream, executor);
    }

    /** By circuit, the health probes of the downstreams behind it; of several the first that was made. */
    Map<String, HealthProber.Plan> probes() {
        return Map.copyOf(probes);
    }

    private static boolean isHttp(DrainerSettings drainer) {
        return drainer.processor().equals(DrainerReader.HTTP);
    }

    private boolean isBlocking(DrainerSettings drainer) {
        return processors.select(NamedLiteral.of(drainer.processor())).isResolvable();
    }
}
