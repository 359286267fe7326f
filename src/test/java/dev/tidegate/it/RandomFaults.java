package dev.tidegate.it;

import dev.tidegate.bench.FleetBench;
import dev.tidegate.demo.downstream.Fault;
import dev.tidegate.fixture.LibertyServer;
import dev.tidegate.fixture.RunLength;
import dev.tidegate.fixture.TcpProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Faults begun and ended at random, three at a time at most, each part with one fault at a time. The same random numbers give
 * the same faults. For one test thread.
 */
final class RandomFaults {
    private static final int MOST_AT_ONCE = 3;

    private final Random random;
    private final Map<String, List<Trouble>> ofPart = new LinkedHashMap<>();
    private final Map<String, Trouble> going = new LinkedHashMap<>();
    private final List<String> story = new ArrayList<>();

    private record Trouble(String name, ChaosFleet.Act begin, ChaosFleet.Act end) {}

    RandomFaults(ChaosFleet fleet, Random random) {
        this.random = random;
        FleetBench bench = fleet.bench();
        ofPart.put(
                "database",
                List.of(
                        new Trouble("killed", bench.database()::kill, bench.database()::start),
                        new Trouble("stopped", bench.database()::stop, bench.database()::start),
                        new Trouble("frozen", bench.database()::freeze, bench.database()::thaw)));
        ofPart.put(
                "broker",
                List.of(
                        new Trouble("killed", bench.broker()::kill, bench.broker()::start),
                        new Trouble("stopped", bench.broker()::stop, bench.broker()::start),
                        new Trouble("frozen", bench.broker()::freeze, bench.broker()::thaw)));
        ofPart.put(
                "downstream",
                List.of(
                        downstream(bench, Fault.error(503)),
                        downstream(bench, Fault.error(503).withRatio(0.2)),
                        downstream(bench, Fault.hang()),
                        downstream(bench, Fault.refuse()),
                        downstream(bench, Fault.slow(Duration.ofSeconds(1)))));
        for (FleetBench.Member member : bench.members()) {
            String name = member.server().name();
            ofPart.put("instance " + name, instance(member.server()));
            ofPart.put(name + " to database", network(member.toDatabase()));
            ofPart.put(name + " to broker", network(member.toKafka()));
            ofPart.put(name + " to downstream", network(member.toDownstream()));
        }
    }

    private static Trouble downstream(FleetBench bench, Fault fault) {
        return new Trouble(
                fault.toString(),
                () -> bench.downstream().fault(FleetBench.DRAINER, fault),
                () -> bench.downstream().fault(FleetBench.DRAINER, Fault.NONE));
    }

    // A start takes so long that a scaled storm would be nothing else.
    private static List<Trouble> instance(LibertyServer server) {
        Trouble frozen = new Trouble("frozen", server::freeze, server::thaw);
        // Not waited for: the next faults may be those that keep it from becoming ready.
        Trouble killed = new Trouble("killed", server::kill, server::launch);
        return RunLength.of(1, 2) == 1 ? List.of(frozen) : List.of(frozen, killed);
    }

    private static List<Trouble> network(TcpProxy network) {
        return List.of(
                new Trouble("cut", network::cut, network::heal),
                new Trouble("silent", network::blackHole, network::heal),
                new Trouble("brings no answer", () -> network.blackHole(TcpProxy.Way.TO_CLIENT), network::heal),
                new Trouble("takes nothing", () -> network.blackHole(TcpProxy.Way.TO_TARGET), network::heal),
                new Trouble("slow", () -> network.delay(Duration.ofMillis(200)), network::heal));
    }

    /** Begins and ends faults for that long; what goes on then goes on. */
    void rage(Duration time) throws Exception {
        List<String> parts = List.copyOf(ofPart.keySet());
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() - end < 0) {
            String part = going.size() < MOST_AT_ONCE
                    ? parts.get(random.nextInt(parts.size()))
                    : List.copyOf(going.keySet()).get(random.nextInt(going.size()));
            Trouble over = going.remove(part);
            if (over != null) {
                end(part, over);
            } else {
                List<Trouble> possible = ofPart.get(part);
                begin(part, possible.get(random.nextInt(possible.size())));
            }
            ChaosFleet.pause(Duration.ofMillis(200 + random.nextInt(2_000)));
        }
    }

    private void begin(String part, Trouble trouble) throws Exception {
        story.add(part + ": " + trouble.name());
        going.put(part, trouble);
        trouble.begin().run();
    }

    private void end(String part, Trouble trouble) throws Exception {
        story.add(part + ": well again");
        trouble.end().run();
    }

    void endAll() throws Exception {
        for (Map.Entry<String, Trouble> each : going.entrySet()) {
            end(each.getKey(), each.getValue());
        }
        going.clear();
    }

    /** What was begun and ended, in order. */
    List<String> story() {
        return List.copyOf(story);
    }
}
