package dev.tidegate.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.core.CircuitRecord;
import dev.tidegate.core.Decision;
import dev.tidegate.core.HistoryEntry;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Checks a circuit's history against the protocol and against what the writers were answered. */
public final class OneHistory {
    private static final Set<String> ALLOWED = Set.of(
            "CLOSED>OPEN",
            "OPEN>HALF_OPEN",
            "HALF_OPEN>HALF_OPEN",
            "HALF_OPEN>CLOSED",
            "HALF_OPEN>OPEN",
            // Only by an operator's reset:
            "OPEN>CLOSED",
            "CLOSED>CLOSED");

    private OneHistory() {}

    /** Newest entry first, as a store tells them, from the first entry on. */
    public static void check(List<HistoryEntry> newestFirst, CircuitRecord row, List<DecisionStorm.Observed> observed) {
        List<HistoryEntry> edges = newestFirst.stream()
                .filter(entry -> entry.kind() == HistoryEntry.Kind.TRANSITION)
                .toList();
        assertThat(edges).as("the storm moved the circuit").hasSizeGreaterThan(10);
        epochsWithoutGap(edges, row);
        assertThat(newestFirst)
                .extracting(HistoryEntry::version)
                .isSortedAccordingTo((one, other) -> Long.compare(other, one))
                .doesNotHaveDuplicates();
        answersWereTrue(newestFirst, observed);
    }

    private static void epochsWithoutGap(List<HistoryEntry> edges, CircuitRecord row) {
        assertThat(edges.get(0).fence()).isEqualTo(row.fence());
        long epoch = edges.size();
        String after = row.state().name();
        for (HistoryEntry edge : edges) {
            assertThat(edge.fence().epoch()).as("epoch of %s", edge).isEqualTo(epoch);
            assertThat(edge.to()).as("%s leads to what followed", edge).isEqualTo(after);
            assertThat(ALLOWED).contains(edge.from() + ">" + edge.to());
            after = edge.from();
            epoch--;
        }
        assertThat(after).isEqualTo("CLOSED");
    }

    private static void answersWereTrue(List<HistoryEntry> entries, List<DecisionStorm.Observed> observed) {
        Map<String, HistoryEntry> byToken =
                entries.stream().collect(Collectors.toMap(HistoryEntry::token, Function.identity()));
        Set<String> claimed = new HashSet<>();
        for (DecisionStorm.Observed each : observed) {
            for (Decision committed : each.committed()) {
                claimed.add(committed.token());
                assertThat(byToken.containsKey(committed.token()))
                        .as("history of %s, which was answered as committed", committed)
                        .isEqualTo(leavesAnEntry(committed));
            }
            for (Decision notWritten : each.notWritten()) {
                assertThat(byToken)
                        .as("%s was answered as not written", notWritten)
                        .doesNotContainKey(notWritten.token());
            }
            each.unknown().forEach(maybe -> claimed.add(maybe.token()));
        }
        assertThat(claimed).containsAll(byToken.keySet());
    }

    private static boolean leavesAnEntry(Decision decision) {
        return !(decision instanceof Decision.Renew || decision instanceof Decision.GiveBack);
    }
}
