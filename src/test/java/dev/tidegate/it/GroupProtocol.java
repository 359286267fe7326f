package dev.tidegate.it;

import dev.tidegate.fixture.RunLength;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.RangeAssignor;

/** The ways in which members of a group share partitions. */
public enum GroupProtocol {
    COOPERATIVE,
    RANGE,
    CONSUMER;

    /** All of them at full length, else the default one, so that mvn verify stays short. */
    public static Stream<GroupProtocol> inThisRun() {
        return Stream.of(values()).limit(RunLength.of(1, values().length));
    }

    /** What a member's client must be told; the classic protocol's heartbeats are quick, so that tests are. */
    public Map<String, String> properties() {
        return switch (this) {
            case COOPERATIVE -> classic(CooperativeStickyAssignor.class);
            case RANGE -> classic(RangeAssignor.class);
            case CONSUMER -> Map.of("group.protocol", "consumer");
        };
    }

    private static Map<String, String> classic(Class<?> assignor) {
        return Map.of(
                "partition.assignment.strategy",
                assignor.getName(),
                "heartbeat.interval.ms",
                "200",
                "session.timeout.ms",
                "6000");
    }

    public String lowerCase() {
        return name().toLowerCase(Locale.ROOT);
    }
}
