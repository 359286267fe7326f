package dev.tidegate.wiring;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The candidate that somebody most likely meant: least edits, swaps of neighbours counted as one. */
final class Nearest {
    private Nearest() {}

    /** None where even the nearest differs in more than a third of its characters. */
    static Optional<String> to(String wrong, Collection<String> candidates) {
        return candidates.stream()
                .filter(candidate -> Math.abs(candidate.length() - wrong.length()) <= limit(wrong))
                .min(Comparator.<String>comparingInt(candidate -> edits(wrong, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(candidate -> edits(wrong, candidate) <= limit(wrong));
    }

    private static int limit(String wrong) {
        return Math.max(1, Math.min(8, wrong.length() / 3));
    }

    static int edits(String from, String to) {
        int[][] cost = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                cost[i][j] = i == 0 || j == 0 ? i + j : cheapest(cost, from, to, i, j);
            }
        }
        return cost[from.length()][to.length()];
    }

    private static int cheapest(int[][] cost, String from, String to, int i, int j) {
        char a = from.charAt(i - 1);
        char b = to.charAt(j - 1);
        int least = Math.min(cost[i - 1][j - 1] + (a == b ? 0 : 1), 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        boolean isSwap = i > 1 && j > 1 && a == to.charAt(j - 2) && from.charAt(i - 2) == b;
        return isSwap ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }
}
