package dev.tidegate.benchmark.news;

import dev.tidegate.core.CircuitPolicy;
import dev.tidegate.core.Permit;
import dev.tidegate.core.StoreException;
import dev.tidegate.fixture.PostgresServer;
import dev.tidegate.guard.Circuit;
import dev.tidegate.guard.CircuitDefinition;
import dev.tidegate.guard.CircuitEvents;
import dev.tidegate.guard.CircuitKind;
import dev.tidegate.guard.FleetCircuits;
import dev.tidegate.store.JpaCircuitStore;
import dev.tidegate.store.StoreDatabase;
import dev.tidegate.store.StoreLink;
import dev.tidegate.store.StoreOutage;
import dev.tidegate.store.StoreSettings;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** An instance with a pool, a listener, threads and circuits of its own, wired as a server wires them. Thread-safe. */
final class HearingInstance implements AutoCloseable {
    private final StoreDatabase database;
    private final StagedStore store;
    private final ExecutorService storeThreads = pool(4);
    private final ExecutorService others = pool(1);
    private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);
    private final StoreLink link;
    private final FleetCircuits circuits;

    HearingInstance(PostgresServer server, String name, StoreSettings settings) throws StoreException {
        database = StoreDatabase.postgres(server);
        store = new StagedStore(new JpaCircuitStore(database.transactions(), Duration.ofSeconds(1), database.push()));
        StoreOutage outage = new StoreOutage(System::nanoTime, new LoudOutage());
        link = new StoreLink(store, settings, System::nanoTime, storeThreads, scheduler, outage);
        circuits = new FleetCircuits(
                name,
                link,
                circuit -> new CircuitDefinition(CircuitKind.CUSTOM, CircuitPolicy.DEFAULTS),
                settings.pollInterval(),
                settings.timeout(),
                System::nanoTime,
                () -> ThreadLocalRandom.current().nextLong(),
                () -> UUID.randomUUID().toString(),
                new CircuitEvents(others, event -> {}),
                others);
        link.start();
    }

    private static ExecutorService pool(int threads) {
        return new ThreadPoolExecutor(threads, threads, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(10_000));
    }

    /** Tells the board of each epoch in which calls of these circuits are refused, or let through again. */
    void hear(List<String> names, Board board) {
        for (String name : names) {
            Circuit circuit = circuits.circuit(name);
            circuit.onChange(snapshot -> {
                boolean isRefused = circuit.tryAcquire() instanceof Permit.Refused;
                long now = System.nanoTime();
                board.heard(name, snapshot.record().epoch(), isRefused, now, store.lastRead());
            });
        }
    }

    boolean isJoined() {
        return circuits.all().stream()
                .allMatch(circuit -> circuit.snapshot().record().version() >= 0);
    }

    void readNow() {
        link.readNow();
    }

    @Override
    public void close() {
        link.close();
        scheduler.shutdownNow();
        storeThreads.shutdownNow();
        others.shutdownNow();
        database.close();
    }

    /** What is measured while the store is away is worth nothing. */
    private static final class LoudOutage implements StoreOutage.Listener {
        @Override
        public void storeWentAway(String why) {
            System.out.println("The store went away, the figures are void: " + why);
        }

        @Override
        public void storeCameBack(Duration away) {
            System.out.println("The store came back after " + away);
        }
    }
}
