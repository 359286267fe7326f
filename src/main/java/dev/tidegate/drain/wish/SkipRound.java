package dev.tidegate.drain.wish;

import dev.tidegate.core.StoreException;
import dev.tidegate.drain.Drainer;
import dev.tidegate.drain.Drainers;
import dev.tidegate.drain.Skip;
import dev.tidegate.drain.SkipAnswer;
import dev.tidegate.store.SkipWish;
import dev.tidegate.store.SkipWish.State;
import dev.tidegate.store.SkipWishes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Carries out the skips of partitions that this instance owns. A skip stays open until the partition is past it: if the owner
 * dies before that, the record blocks its next owner as well, who carries the skip out once more; else there is nothing left
 * to skip. For one thread at a time.
 */
final class SkipRound {
    private final String instance;
    private final Drainers drainers;
    private final SkipWishes skips;
    // What was accepted here and perhaps not yet told to the store.
    private final Map<String, String> accepted = new HashMap<>();

    SkipRound(String instance, Drainers drainers, SkipWishes skips) {
        this.instance = instance;
        this.drainers = drainers;
        this.skips = skips;
    }

    void carryOut() throws StoreException {
        List<SkipWish> open = skips.open();
        Set<String> ids = open.stream().map(SkipWish::id).collect(Collectors.toSet());
        accepted.keySet().retainAll(ids);
        for (SkipWish wish : open) {
            Optional<Drainer> drainer = drainers.find(wish.drainer());
            if (drainer.isPresent()) {
                tell(wish, drainer.get().skip(skip(wish)));
            }
        }
    }

    private static Skip skip(SkipWish wish) {
        return new Skip(wish.topic(), wish.partition(), wish.offset(), wish.toOffset(), wish.actor(), wish.reason());
    }

    private void tell(SkipWish wish, SkipAnswer answer) throws StoreException {
        if (answer instanceof SkipAnswer.Elsewhere) {
            // Whoever owns it tells; one that is accepted and lost here is accepted there again.
            accepted.remove(wish.id());
            return;
        }
        if (answer instanceof SkipAnswer.Accepted) {
            accepted.put(wish.id(), answer.text());
        }
        boolean wasAccepted = wish.state() == State.ACCEPTED || accepted.containsKey(wish.id());
        if (answer instanceof SkipAnswer.NotBlocking) {
            end(wish, wasAccepted, answer.text());
        } else if (wasAccepted) {
            tell(wish, State.ACCEPTED, accepted.getOrDefault(wish.id(), wish.outcome()));
        } else {
            tell(wish, State.ASKED, answer.text());
        }
    }

    private void end(SkipWish wish, boolean wasAccepted, String why) throws StoreException {
        if (wasAccepted) {
            tell(
                    wish,
                    State.DONE,
                    "offset " + wish.offset() + " of " + wish.topic() + "-" + wish.partition()
                            + " does not block any more");
        } else {
            tell(wish, State.NOT_BLOCKING, why);
        }
        accepted.remove(wish.id());
    }

    private void tell(SkipWish wish, State state, String outcome) throws StoreException {
        boolean isNews = wish.state() != state || !wish.outcome().equals(outcome) || !instance.equals(wish.instance());
        if (isNews) {
            skips.tell(wish.id(), state, outcome, instance);
        }
    }
}
