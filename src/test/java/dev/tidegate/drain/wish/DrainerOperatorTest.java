package dev.tidegate.drain.wish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.core.StoreException;
import dev.tidegate.drain.PauseCause;
import dev.tidegate.store.DrainerWish;
import dev.tidegate.store.InMemoryDrainerWishes;
import dev.tidegate.store.InMemorySkipWishes;
import dev.tidegate.store.NothingDoneException;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class DrainerOperatorTest {
    private final SilentWishes wishes = new SilentWishes(new InMemoryDrainerWishes(InstantSource.system()));
    private final InMemorySkipWishes skips = new InMemorySkipWishes(InstantSource.system());
    private final WishingInstance here = new WishingInstance("a", wishes, skips);
    private final WishingInstance there = new WishingInstance("b", wishes, skips);

    private static PauseChange pause(long seen) {
        return new PauseChange("orders", true, seen, "anna", "the warehouse moves");
    }

    private static PauseChange resume(long seen) {
        return new PauseChange("orders", false, seen, "ben", "it has moved");
    }

    @Test
    void a_pause_is_in_force_here_at_once_and_there_when_told() throws StoreException {
        there.follower.begin();

        assertThat(here.operator.carryOut(pause(0)))
                .isInstanceOfSatisfying(
                        WishAnswer.Done.class,
                        done -> assertThat(done.wish())
                                .isEqualTo(here.follower.wishes().get("orders")));

        assertThat(here.drainer.isPaused()).isTrue();
        assertThat(there.drainer.isPaused()).isTrue();
    }

    @Test
    void a_poll_finds_what_no_push_told() {
        here.operator.carryOut(pause(0));
        assertThat(there.drainer.isPaused()).isFalse();

        there.follower.follow();

        assertThat(there.drainer.isPaused()).isTrue();
    }

    @Test
    void a_resume_lets_every_instance_go_on_and_leaves_other_causes() throws StoreException {
        there.follower.begin();
        here.operator.carryOut(pause(0));
        there.drainer.pause(PauseCause.CIRCUIT);

        here.operator.carryOut(resume(1));

        assertThat(here.drainer.isPaused()).isFalse();
        assertThat(there.drainer.causes).containsExactly(PauseCause.CIRCUIT);
    }

    @Test
    void who_saw_an_older_wish_is_told_who_came_first() {
        here.operator.carryOut(pause(0));

        WishAnswer<DrainerWish> answer = there.operator.carryOut(resume(0));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        WishAnswer.Outdated.class,
                        outdated -> assertThat(outdated.why())
                                .contains("version 1, not 0", "anna", "the warehouse moves", "paused"));
        assertThat(here.drainer.isPaused()).isTrue();
    }

    @Test
    void a_store_that_is_away_is_told_with_its_reason_and_nothing_changes() throws StoreException {
        wishes.beforeWrite = new NothingDoneException("no connection", new IllegalStateException());

        assertThat(here.operator.carryOut(pause(0)))
                .isInstanceOfSatisfying(
                        WishAnswer.NotDone.class,
                        not -> assertThat(not.why()).contains("no connection", "nothing was changed"));

        assertThat(here.drainer.isPaused()).isFalse();
        assertThat(wishes.read()).isEmpty();
    }

    @Test
    void a_write_whose_answer_was_lost_counts_if_it_is_found() {
        wishes.afterWrite = new StoreException("silence");

        assertThat(here.operator.carryOut(pause(0))).isInstanceOf(WishAnswer.Done.class);
        assertThat(here.drainer.isPaused()).isTrue();
    }

    @Test
    void a_write_whose_answer_was_lost_and_that_is_not_found_is_not_known() {
        wishes.beforeWrite = new StoreException("silence");

        assertThat(here.operator.carryOut(pause(0)))
                .isInstanceOfSatisfying(
                        WishAnswer.NotKnown.class, not -> assertThat(not.why()).contains("look before you try again"));

        wishes.read = new StoreException("silence");
        assertThat(here.operator.carryOut(pause(0))).isInstanceOf(WishAnswer.NotKnown.class);
    }

    @Test
    void what_was_written_is_done_though_it_cannot_be_read_again() {
        wishes.read = new StoreException("silence");

        assertThat(here.operator.carryOut(pause(0))).isInstanceOf(WishAnswer.Done.class);
    }

    @Test
    void an_unknown_drainer_and_a_change_without_a_reason_are_refused() {
        assertThatThrownBy(() -> here.operator.carryOut(new PauseChange("bills", true, 0, "anna", "why")))
                .hasMessageContaining("no drainer bills");
        assertThatThrownBy(() -> new PauseChange("orders", true, 0, "anna", " "))
                .hasMessageContaining("why");
        assertThatThrownBy(() -> new PauseChange("orders", true, 0, "anna", "x".repeat(501)))
                .hasMessageContaining("500");
    }

    @Test
    void an_initial_pause_is_wished_once_and_a_resume_outlives_restarts() throws StoreException {
        here.drainer.settings.initiallyPaused = true;
        here.follower.begin();
        assertThat(here.drainer.isPaused()).isTrue();
        here.operator.carryOut(resume(0));

        WishingInstance restarted = new WishingInstance("a", wishes, skips);
        restarted.drainer.settings.initiallyPaused = true;
        restarted.follower.begin();

        assertThat(restarted.drainer.isPaused()).isFalse();
    }

    @Test
    void an_operators_pause_is_in_force_before_a_drainer_starts() throws StoreException {
        here.operator.carryOut(pause(0));

        WishingInstance restarted = new WishingInstance("a", wishes, skips);
        restarted.follower.begin();

        assertThat(restarted.drainer.isPaused()).isTrue();
    }

    @Test
    void while_the_store_does_not_answer_the_last_wish_stays_in_force() throws StoreException {
        here.operator.carryOut(pause(0));
        wishes.read = new StoreException("silence");

        here.follower.follow();

        assertThat(here.drainer.isPaused()).isTrue();
    }
}
