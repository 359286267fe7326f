package dev.tidegate.drain;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;

/** The one thread that touches the consumer: polls without end, and in between tells the consumer what is wished. */
final class PollLoop {
    private static final System.Logger LOG = System.getLogger(PollLoop.class.getName());
    private static final Duration LONGEST_POLL = Duration.ofMillis(500);
    private static final Duration AFTER_TROUBLE = Duration.ofMillis(200);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final DrainerRun run;
    private final DrainState state;
    private final Waker waker;
    private final Committer committer;
    private final Admission admission;
    private final CorruptBatches corruptBatches;
    private final Quiesce quiesce;
    private final Duration longestPoll;
    private final Runnable alive;

    /** @param alive is told each time round, and while it waits for what is on its way */
    PollLoop(Consumer<byte[], byte[]> consumer, DrainerRun run, Waker waker, Runnable alive) {
        this.consumer = consumer;
        this.run = run;
        this.state = run.state;
        this.waker = waker;
        this.quiesce = new Quiesce(run.state.turn, run.state.settings.quiesceTimeout(), alive);
        this.alive = alive;
        this.committer = new Committer(consumer, state);
        this.admission = new Admission(consumer, state, run.intake, run.topicIds);
        this.corruptBatches = new CorruptBatches(consumer, state, run.lag::beginOf);
        Duration interval = state.settings.commitInterval();
        this.longestPoll = interval.compareTo(LONGEST_POLL) < 0 ? interval : LONGEST_POLL;
    }

    /** Runs until the stop; throws what the consumer cannot go on from. */
    void run() {
        subscribe();
        while (!waker.isStopped()) {
            alive.run();
            step();
        }
        quiesce();
    }

    private void subscribe() {
        Rebalance rebalance = new Rebalance(consumer, state, run.intake, committer, waker, quiesce);
        Pattern expression = state.settings.expression();
        if (expression == null) {
            consumer.subscribe(state.settings.topics(), rebalance);
        } else {
            consumer.subscribe(expression, rebalance);
        }
    }

    private void step() {
        try {
            admission.admit();
            corruptBatches.goOn();
            tellPauses();
            committer.commitIfDue();
            ConsumerRecords<byte[], byte[]> polled = waker.poll(consumer, longestPoll);
            Map<TopicPartition, Long> refused = run.intake.accept(polled);
            refused.forEach(this::goBack);
            noteJoined();
        } catch (InterruptException e) {
            // The client sets the flag again; what the stop still has to do must not meet it.
            Thread.interrupted();
            waker.stop();
        } catch (KafkaException e) {
            met(e);
        }
        committer.throwFatal();
    }

    private void goBack(TopicPartition partition, long offset) {
        if (consumer.assignment().contains(partition)) {
            consumer.seek(partition, offset);
        }
    }

    // A member may get no partition, and then the new protocol calls nothing back.
    private void noteJoined() {
        if (!state.turn.peek(run.intake::isJoined) && consumer.groupMetadata().generationId() > 0) {
            run.intake.joined();
        }
    }

    private void met(KafkaException e) {
        if (e instanceof WakeupException) {
            return;
        }
        if (PollFault.isFatal(e)) {
            throw e;
        }
        TopicPartition corrupt = PollFault.corrupt(e, consumer.assignment());
        if (corrupt != null) {
            corruptBatches.met(corrupt, e);
            return;
        }
        if (!(e instanceof RetriableException)) {
            throw e;
        }
        LOG.log(System.Logger.Level.DEBUG, () -> "drainer " + state.settings.name() + ": poll goes on after " + e);
        waker.pause(AFTER_TROUBLE);
    }

    /** Derived from the causes each time, never from what was told before. */
    private void tellPauses() {
        Set<TopicPartition> assigned = consumer.assignment();
        Set<TopicPartition> paused = consumer.paused();
        Set<TopicPartition> fetched = run.intake.fetched(assigned, run.isStarving());
        Set<TopicPartition> toPause = new HashSet<>(assigned);
        toPause.removeAll(fetched);
        toPause.removeAll(paused);
        Set<TopicPartition> toResume = new HashSet<>(fetched);
        toResume.retainAll(paused);
        if (!toPause.isEmpty()) {
            consumer.pause(toPause);
        }
        if (!toResume.isEmpty()) {
            consumer.resume(toResume);
        }
    }

    private void quiesce() {
        state.turn.run(state::stopHandingOver);
        boolean isQuiet = quiesce.await(this::isQuiet);
        committer.commitNow(CLOSE_PATIENCE);
        quiesce.showLife();
        run.intake.drop(consumer.assignment());
        if (!isQuiet) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "drainer {0} stops with records on their way; they will be handled again",
                    state.settings.name());
        }
    }

    private boolean isQuiet() {
        return state.owned().stream().allMatch(owner -> owner.active() == 0);
    }

    static void close(Consumer<byte[], byte[]> consumer, String drainer) {
        try {
            consumer.close(CloseOptions.timeout(CLOSE_PATIENCE));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "the consumer of drainer " + drainer + " closed with an error", e);
        }
    }
}
