package dev.tidegate.drain.wish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.core.StoreException;
import dev.tidegate.drain.Skip;
import dev.tidegate.drain.SkipAnswer;
import dev.tidegate.store.InMemoryDrainerWishes;
import dev.tidegate.store.InMemorySkipWishes;
import dev.tidegate.store.SkipWish;
import dev.tidegate.store.SkipWish.State;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FleetSkipTest {
    private static final SkipAnswer ACCEPTED = new SkipAnswer.Accepted("dead-lettered now");
    private static final SkipAnswer NOT_BLOCKING = new SkipAnswer.NotBlocking("does not block");
    private static final SkipAnswer UNDECIDED = new SkipAnswer.Undecided("not tried yet");

    private final InMemoryDrainerWishes wishes = new InMemoryDrainerWishes(InstantSource.system());
    private final InMemorySkipWishes skips = new InMemorySkipWishes(InstantSource.system());
    private final WishingInstance asked = new WishingInstance("a", wishes, skips);
    private final WishingInstance owner = new WishingInstance("b", wishes, skips);

    @BeforeEach
    void listen() throws StoreException {
        asked.follower.begin();
        owner.follower.begin();
    }

    private static Skip skip() {
        return new Skip("orders", 0, 7, null, "anna", "order was cancelled");
    }

    private SkipWish ask() {
        return ((WishAnswer.Done<SkipWish>) asked.operator.ask("orders", skip())).wish();
    }

    private SkipWish now(SkipWish wish) throws StoreException {
        return asked.operator.skip(wish.id()).orElseThrow();
    }

    @Test
    void the_owner_carries_out_what_was_asked_elsewhere() throws StoreException {
        owner.drainer.answer = ACCEPTED;

        SkipWish wish = ask();

        assertThat(owner.drainer.skips).contains(skip());
        assertThat(now(wish).state()).isEqualTo(State.ACCEPTED);
        assertThat(now(wish).instance()).isEqualTo("b");
        assertThat(now(wish).outcome()).isEqualTo("dead-lettered now");
    }

    @Test
    void it_is_done_when_the_partition_is_past_it_and_not_asked_of_anybody_again() throws StoreException {
        owner.drainer.answer = ACCEPTED;
        SkipWish wish = ask();

        owner.drainer.answer = new SkipAnswer.Undecided("is being dead-lettered already");
        owner.follower.follow();
        assertThat(now(wish).state()).isEqualTo(State.ACCEPTED);
        owner.drainer.answer = NOT_BLOCKING;
        owner.follower.follow();

        assertThat(now(wish).state()).isEqualTo(State.DONE);
        int asks = owner.drainer.skips.size();
        owner.follower.follow();
        assertThat(owner.drainer.skips).hasSize(asks);
    }

    @Test
    void what_does_not_block_is_told_so() throws StoreException {
        owner.drainer.answer = NOT_BLOCKING;

        SkipWish wish = ask();

        assertThat(now(wish).state()).isEqualTo(State.NOT_BLOCKING);
        assertThat(now(wish).outcome()).isEqualTo("does not block");
    }

    @Test
    void what_was_not_tried_yet_stays_asked_and_is_skipped_once_it_blocks() throws StoreException {
        owner.drainer.answer = UNDECIDED;
        SkipWish wish = ask();
        assertThat(now(wish).state()).isEqualTo(State.ASKED);
        assertThat(now(wish).outcome()).isEqualTo("not tried yet");

        owner.drainer.answer = ACCEPTED;
        owner.follower.follow();

        assertThat(now(wish).state()).isEqualTo(State.ACCEPTED);
    }

    @Test
    void if_the_owner_dies_after_it_accepted_the_next_owner_skips_what_still_blocks() throws StoreException {
        owner.drainer.answer = ACCEPTED;
        SkipWish wish = ask();
        owner.drainer.answer = new SkipAnswer.Elsewhere("gone");
        owner.follower.follow();

        asked.drainer.answer = UNDECIDED;
        asked.follower.follow();
        assertThat(now(wish).state()).isEqualTo(State.ACCEPTED);
        asked.drainer.answer = ACCEPTED;
        asked.follower.follow();
        asked.drainer.answer = NOT_BLOCKING;
        asked.follower.follow();

        assertThat(now(wish).state()).isEqualTo(State.DONE);
        assertThat(now(wish).instance()).isEqualTo("a");
    }

    @Test
    void a_skip_that_nobody_owns_stays_asked() throws StoreException {
        SkipWish wish = ask();

        owner.follower.follow();

        assertThat(now(wish).state()).isEqualTo(State.ASKED);
        assertThat(now(wish).instance()).isNull();
    }

    @Test
    void a_second_one_for_the_same_place_is_told_of_the_first() {
        SkipWish first = ask();

        assertThat(owner.operator.ask("orders", skip())).isInstanceOfSatisfying(WishAnswer.Outdated.class, outdated -> {
            assertThat(outdated.wish()).isEqualTo(first);
            assertThat(outdated.why()).contains("orders:orders:0:7", "already");
        });
    }

    @Test
    void a_topic_that_the_drainer_does_not_drain_is_refused() {
        assertThatThrownBy(() -> asked.operator.ask("orders", new Skip("bills", 0, 7, null, "anna", "why")))
                .hasMessageContaining("does not drain topic bills; it drains [orders]");
    }
}
