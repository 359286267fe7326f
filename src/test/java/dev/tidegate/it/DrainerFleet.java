package dev.tidegate.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.bench.StoredRecords;
import dev.tidegate.core.CircuitPolicy;
import dev.tidegate.core.EffectiveState;
import dev.tidegate.core.Failure;
import dev.tidegate.core.Permit;
import dev.tidegate.drain.AsyncRecordProcessor;
import dev.tidegate.drain.Delivery;
import dev.tidegate.drain.DrainerStatus.PartitionStatus;
import dev.tidegate.drain.KafkaDrainer;
import dev.tidegate.drain.Outcome;
import dev.tidegate.drain.RecordProcessor;
import dev.tidegate.drain.SettingsOfDrainer;
import dev.tidegate.fixture.KafkaBroker;
import dev.tidegate.fixture.TestCircuits;
import dev.tidegate.guard.Circuit;
import dev.tidegate.store.InMemoryCircuitStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/**
 * Instances in this process that drain one topic in one group over one store, and what an onlooker sees of them. Change
 * {@link #settings} and {@link #policy} before the first one joins. For one test thread.
 */
public final class DrainerFleet implements AutoCloseable {
    public static final Duration SOON = Duration.ofSeconds(60);

    public final SettingsOfDrainer settings = new SettingsOfDrainer();
    public final HandledRecords handled = new HandledRecords();
    public final DrainedTopic topic;
    public CircuitPolicy policy = TestCircuits.quick();
    /** What is done with each instance's drainer before it starts. */
    public BiConsumer<String, KafkaDrainer> beforeStart = (instance, made) -> {};

    private final KafkaBroker broker;
    private final InMemoryCircuitStore store = new InMemoryCircuitStore(InstantSource.system());
    private final List<Member> members = new CopyOnWriteArrayList<>();
    private final CommitWatch commits;

    /** One instance and its drainer. */
    public record Member(DrainingInstance instance, KafkaDrainer drainer) {
        public Circuit circuit() {
            return instance.circuits.circuit("orders");
        }

        public int owned() {
            return drainer.status().partitions().size();
        }
    }

    public DrainerFleet(KafkaBroker broker, String name, int partitions, GroupProtocol protocol) {
        this.broker = broker;
        topic = new DrainedTopic(broker, name, partitions);
        commits = new CommitWatch(topic, handled);
        settings.topics = List.of(name);
        settings.group = topic.group();
        settings.kafka.put("bootstrap.servers", broker.bootstrapServers());
        settings.kafka.put("metadata.max.age.ms", "1000");
        settings.kafka.put("max.poll.records", "50");
        settings.kafka.putAll(protocol.properties());
    }

    public String name() {
        return settings.topics.get(0);
    }

    public Member join(String instance, RecordProcessor processor) {
        DrainingInstance made = instance(instance);
        return joined(new Member(made, made.start(processor)));
    }

    public Member joinAsync(String instance, AsyncRecordProcessor processor) {
        DrainingInstance made = instance(instance);
        return joined(new Member(made, made.startAsync(processor)));
    }

    private DrainingInstance instance(String name) {
        DrainingInstance made = new DrainingInstance(name, store, settings.build(), policy);
        made.circuits.circuit("orders");
        made.beforeStart = drainer -> beforeStart.accept(name, drainer);
        return made;
    }

    private Member joined(Member member) {
        members.add(member);
        return member;
    }

    /** Ends it in order. */
    public void leave(Member member) {
        members.remove(member);
        member.instance().close();
    }

    public Outcome handle(Delivery delivery) {
        handled.add(delivery);
        return Outcome.Done.WITHOUT_RESULT;
    }

    /** Records one of whose keys follows the other, {@code count} of them over all partitions in turn. */
    public void produce(int count, int partitions) {
        for (int i = 0; i < count; i++) {
            topic.produceTo(i % partitions, "k" + i % (5 * partitions), "v" + i);
        }
        topic.flush();
    }

    public void trip(Member at) {
        await("open").atMost(SOON).until(() -> {
            // In a row, or a success of the traffic in between begins the count anew.
            for (int i = 0; i < 3; i++) {
                if (at.circuit().tryAcquire() instanceof Permit.Granted granted) {
                    granted.failure(new Failure("tripped by the test"));
                }
            }
            return at.circuit().state() == EffectiveState.OPEN;
        });
    }

    public void awaitState(EffectiveState state) {
        await(state.name())
                .atMost(SOON)
                .until(() -> members.stream().allMatch(at -> at.circuit().state() == state));
    }

    /** Returns when every partition has an owner among those that are here. */
    public void awaitOwned(int partitions) {
        await("ownership")
                .atMost(SOON)
                .until(() -> members.stream().mapToInt(Member::owned).sum() == partitions);
    }

    /** Waits until all is drained; then fails if a record was lost or a commit or a key's order was broken. */
    public void awaitVerdict(Set<String> acknowledged) {
        awaitVerdict(acknowledged, Set.of());
        commits.assertOfHandledOnly();
    }

    /** The same where some records were handled by members of another kind. */
    public void awaitVerdict(Set<String> acknowledged, Set<String> handledElsewhere) {
        await("drained")
                .atMost(SOON)
                .untilAsserted(() -> assertThat(topic.committed()).isEqualTo(topic.ends()));
        Set<String> lost = new HashSet<>(acknowledged);
        lost.removeAll(handled.places());
        lost.removeAll(handledElsewhere);
        assertThat(lost).as("acknowledged and not handled").isEmpty();
        commits.assertNeverBack();
        handled.assertFirstTimesAreInOrderPerKey();
    }

    /** Fails unless nothing is paused any more, within five seconds. */
    public void assertAllResumed() {
        await("resumed")
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> members.forEach(
                        member -> assertThat(member.drainer().status().partitions())
                                .extracting(PartitionStatus::pauseCauses)
                                .allMatch(Set::isEmpty)));
    }

    public int deadLetters() {
        return StoredRecords.of(broker, name() + ".dlt").size();
    }

    @Override
    public void close() {
        members.forEach(member -> member.instance().close());
        commits.close();
        topic.close();
    }
}
