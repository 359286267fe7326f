package dev.tidegate.drain;

import java.util.HashSet;
import java.util.Set;

/** The exceptions that mean a bad record: named classes, their subclasses, and whatever they are the cause of. */
final class RejectedExceptions {
    private static final int DEEPEST = 20;

    private final Set<String> classNames;

    RejectedExceptions(Iterable<String> classNames) {
        Set<String> names = new HashSet<>();
        classNames.forEach(names::add);
        this.classNames = Set.copyOf(names);
    }

    boolean include(Throwable error) {
        if (classNames.isEmpty()) {
            return false;
        }
        Throwable at = error;
        for (int depth = 0; at != null && depth < DEEPEST; depth++) {
            for (Class<?> type = at.getClass(); type != null; type = type.getSuperclass()) {
                if (classNames.contains(type.getName())) {
                    return true;
                }
            }
            at = at.getCause();
        }
        return false;
    }
}
