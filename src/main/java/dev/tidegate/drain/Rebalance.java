package dev.tidegate.drain;

import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;

/** What happens to partitions that come and go. Called by the consumer inside a poll or a close, on the poll thread. */
final class Rebalance implements ConsumerRebalanceListener {
    private static final System.Logger LOG = System.getLogger(Rebalance.class.getName());
    private static final Duration COMMIT_PATIENCE = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final DrainState state;
    private final Intake intake;
    private final Committer committer;
    private final Waker waker;
    private final Quiesce quiesce;

    /** @param quiesce how a revoke waits for what is on its way */
    Rebalance(
            Consumer<byte[], byte[]> consumer,
            DrainState state,
            Intake intake,
            Committer committer,
            Waker waker,
            Quiesce quiesce) {
        this.consumer = consumer;
        this.state = state;
        this.intake = intake;
        this.committer = committer;
        this.waker = waker;
        this.quiesce = quiesce;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        waker.undisturbed(() -> {
            intake.assigned(partitions);
            // The client forgets pauses of what it gets and keeps those of what stays: told anew in either case.
            Set<TopicPartition> here = new HashSet<>(partitions);
            here.retainAll(consumer.assignment());
            consumer.pause(here);
            LOG.log(System.Logger.Level.DEBUG, "drainer {0} was given {1}", state.settings.name(), partitions);
        });
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        waker.undisturbed(() -> {
            intake.close(partitions);
            boolean isQuiet = quiesce.await(() -> intake.isQuiet(partitions));
            committer.commitNow(COMMIT_PATIENCE);
            quiesce.showLife();
            intake.drop(partitions);
            LOG.log(
                    isQuiet ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
                    "drainer {0} gave up {1}{2}",
                    state.settings.name(),
                    partitions,
                    isQuiet ? "" : "; what was still on its way will be handled again");
        });
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        waker.undisturbed(() -> intake.drop(partitions));
        if (!partitions.isEmpty()) {
            LOG.log(System.Logger.Level.WARNING, "drainer {0} lost {1}", state.settings.name(), partitions);
        }
    }
}
