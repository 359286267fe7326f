package dev.tidegate.admin;

import java.util.Collection;
import java.util.List;

/** The answer to a name that nothing has. */
final class Unknown {
    private static final int SHOWN = 80;

    private Unknown() {}

    /** @param kind circuit, drainer or publisher */
    static ProblemException name(String kind, String asked, Collection<String> names) {
        String shown = asked.length() > SHOWN ? asked.substring(0, SHOWN) + "…" : asked;
        List<String> nearest = NearestNames.to(asked, names);
        String detail = "there is no " + kind + " '" + shown + "' on this instance"
                + (nearest.isEmpty() ? "" : "; near that are " + String.join(", ", nearest));
        return new ProblemException(new Problem("about:blank", Problem.titleOf(404), 404, detail, nearest));
    }
}
