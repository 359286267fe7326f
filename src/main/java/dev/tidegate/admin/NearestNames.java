package dev.tidegate.admin;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** The names that somebody who mistyped may have meant. */
final class NearestNames {
    private static final int MOST = 3;
    private static final int LONGEST = 64;

    private NearestNames() {}

    /** At most three names, nearest first, that differ in no more than half of the asked name's characters. */
    static List<String> to(String asked, Collection<String> names) {
        String cut = asked.length() > LONGEST ? asked.substring(0, LONGEST) : asked;
        int farthest = Math.max(1, cut.length() / 2);
        return names.stream()
                .filter(name -> distance(cut, name) <= farthest)
                .sorted(Comparator.comparingInt((String name) -> distance(cut, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST)
                .toList();
    }

    /** Levenshtein's distance. */
    static int distance(String left, String right) {
        int[] above = new int[right.length() + 1];
        for (int column = 0; column <= right.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= left.length(); row++) {
            int[] current = new int[right.length() + 1];
            current[0] = row;
            for (int column = 1; column <= right.length(); column++) {
                int replaced = above[column - 1] + (left.charAt(row - 1) == right.charAt(column - 1) ? 0 : 1);
                current[column] = Math.min(replaced, Math.min(above[column], current[column - 1]) + 1);
            }
            above = current;
        }
        return above[right.length()];
    }
}
