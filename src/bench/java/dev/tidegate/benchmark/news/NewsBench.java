package dev.tidegate.benchmark.news;

import static org.awaitility.Awaitility.await;

import dev.tidegate.contract.Decide;
import dev.tidegate.core.CircuitName;
import dev.tidegate.core.CircuitRecord;
import dev.tidegate.core.Decision;
import dev.tidegate.core.StoreException;
import dev.tidegate.core.WriteResult;
import dev.tidegate.fixture.PostgresServer;
import dev.tidegate.store.JpaCircuitStore;
import dev.tidegate.store.StoreDatabase;
import dev.tidegate.store.StoreSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Prints the time from the commit of a trip until the last of so many instances refuses: one more instance trips, a circuit at
 * a time, at moments that nobody expects.
 */
class NewsBench {
    private static final int TRIPS = Integer.getInteger("bench.trips", 500);
    private static final int WARM_UP = 200;
    private static final List<Integer> FLEETS = List.of(1, 3, 10);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final List<String> CIRCUITS =
            IntStream.range(0, 20).mapToObj(at -> "circuit-" + at).toList();

    private final Random random = new Random(1);
    private final Decide decide = new Decide("elsewhere");
    private PostgresServer server;
    private StoreDatabase elsewhere;
    private TimedCommits commits;
    private JpaCircuitStore store;

    @BeforeEach
    void start(@TempDir Path directory) throws StoreException {
        server = PostgresServer.startDurable(directory);
        elsewhere = StoreDatabase.postgres(server);
        commits = new TimedCommits(elsewhere.transactions());
        store = new JpaCircuitStore(commits, Duration.ofSeconds(1), null);
    }

    @AfterEach
    void stop() {
        elsewhere.close();
        server.close();
    }

    @Test
    void by_push() throws Exception {
        StringBuilder table = new StringBuilder(Delays.header());
        StringBuilder stages = new StringBuilder("\n");
        for (int fleet : FLEETS) {
            Delays delays = measure(fleet, true, 1, Duration.ofMillis(20));
            table.append(delays.row());
            stages.append(delays.stages());
        }
        System.out.println(table.append(stages));
    }

    @Test
    void by_poll() throws Exception {
        StringBuilder table = new StringBuilder(Delays.header());
        for (int fleet : FLEETS) {
            int atOnce = CIRCUITS.size();
            table.append(measure(fleet, false, atOnce, POLL.dividedBy(atOnce)).row());
        }
        System.out.println(table);
    }

    private Delays measure(int fleet, boolean isPushed, int atOnce, Duration apart) throws Exception {
        StoreSettings settings =
                new StoreSettings(POLL, Duration.ofMillis(250), isPushed, StoreSettings.DEFAULTS.reportInterval());
        Delays delays = new Delays(fleet + (isPushed ? " by push" : " by poll of " + POLL));
        Board board = new Board(fleet);
        List<HearingInstance> instances = new ArrayList<>();
        try {
            for (int at = 0; at < fleet; at++) {
                HearingInstance instance = new HearingInstance(server, "instance-" + at, settings);
                instances.add(instance);
                instance.hear(CIRCUITS, board);
            }
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> instances.stream().allMatch(HearingInstance::isJoined));
            int warmUp = isPushed ? WARM_UP : atOnce;
            for (int done = 0; done < warmUp + TRIPS; done += atOnce) {
                List<Delays.Trip> trips = together(board, done, atOnce, apart);
                if (done >= warmUp) {
                    trips.forEach(delays::add);
                }
                mend(board, instances, isPushed);
            }
        } finally {
            instances.forEach(HearingInstance::close);
        }
        return delays;
    }

    private record Begun(long askedNanos, long answeredNanos, Board.Expected refusal) {
        private Delays.Trip end() throws InterruptedException {
            refusal.await();
            return new Delays.Trip(askedNanos, answeredNanos, refusal.lastRead(), refusal.lastNanos());
        }
    }

    private List<Delays.Trip> together(Board board, int first, int count, Duration apart) throws Exception {
        List<Begun> begun = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            LockSupport.parkNanos(random.nextLong(2 * apart.toNanos()));
            CircuitRecord row = row(CIRCUITS.get((first + at) % CIRCUITS.size()));
            Board.Expected refusal = board.expect(row.name().value(), row.epoch() + 1, true);
            committed(decide.trip(row, Duration.ofHours(1)));
            begun.add(new Begun(commits.askedNanos(), commits.answeredNanos(), refusal));
        }
        List<Delays.Trip> trips = new ArrayList<>();
        for (Begun each : begun) {
            trips.add(each.end());
        }
        return trips;
    }

    private void mend(Board board, List<HearingInstance> instances, boolean isPushed) throws Exception {
        for (CircuitRecord row : store.read().records().values()) {
            if (row.retryAt() == null) {
                continue;
            }
            Board.Expected passing = board.expect(row.name().value(), row.epoch() + 1, false);
            committed(decide.reset(row));
            if (!isPushed) {
                instances.forEach(HearingInstance::readNow);
            }
            passing.await();
        }
    }

    private void committed(Decision decision) {
        WriteResult result = store.write(decision);
        if (!(result instanceof WriteResult.Committed)) {
            throw new AssertionError(decision + " was not written: " + result);
        }
    }

    private CircuitRecord row(String circuit) throws StoreException {
        return store.read().records().get(new CircuitName(circuit));
    }
}
