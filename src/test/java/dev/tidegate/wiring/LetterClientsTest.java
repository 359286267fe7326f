package dev.tidegate.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.drain.Drainer;
import dev.tidegate.drain.DrainerSettings;
import dev.tidegate.drain.DrainerState;
import dev.tidegate.drain.DrainerStatus;
import dev.tidegate.drain.Drainers;
import dev.tidegate.publish.letters.LetterRef;
import dev.tidegate.publish.letters.LettersAwayException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class LetterClientsTest {
    private final TidegateSettings settings = ReadSettings.from(
            "tidegate.drainers", "orders,bills,any",
            "tidegate.kafka.bootstrap.servers", "one:9092",
            "tidegate.kafka.compression.type", "zstd",
            "tidegate.kafka.security.protocol", "SASL_SSL",
            "tidegate.drainer.orders.topics", "orders,returns",
            "tidegate.drainer.orders.kafka.group.protocol", "consumer",
            "tidegate.drainer.bills.topics", "bills",
            "tidegate.drainer.bills.dead-letter-topic", "bad-bills",
            "tidegate.drainer.bills.kafka.bootstrap.servers", "two:9092",
            "tidegate.drainer.any.topics", "pattern:any-.*");
    private final List<Map<String, Object>> consumed = new ArrayList<>();
    private final List<Map<String, Object>> produced = new ArrayList<>();
    private final List<MockProducer<byte[], byte[]>> made = new ArrayList<>();
    private final LetterClients clients = new LetterClients(
            settings.drainers(),
            new Shown(settings.drainers().stream().map(LetterClientsTest::shown).toList()),
            properties -> {
                consumed.add(properties);
                throw new KafkaException("no broker in this test");
            },
            properties -> {
                produced.add(properties);
                made.add(new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer()));
                return made.get(made.size() - 1);
            },
            System::nanoTime);

    private record Shown(Collection<Drainer> all) implements Drainers {
        @Override
        public Optional<Drainer> find(String name) {
            return all.stream().filter(drainer -> drainer.name().equals(name)).findFirst();
        }
    }

    private static Drainer shown(DrainerSettings settings) {
        List<DrainerStatus.PartitionStatus> owned = settings.name().equals("any")
                ? List.of(new DrainerStatus.PartitionStatus("any-7", 0, null, null, null, Set.of()))
                : List.of();
        DrainerStatus status = new DrainerStatus(
                settings.name(),
                DrainerState.RUNNING,
                null,
                Set.of(),
                "c",
                settings.topics(),
                "g",
                owned,
                0,
                0,
                0,
                0,
                0,
                null);
        return (Drainer) Proxy.newProxyInstance(
                Drainer.class.getClassLoader(),
                new Class<?>[] {Drainer.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "name" -> settings.name();
                    case "settings" -> settings;
                    case "status" -> status;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @Test
    void the_topics_are_those_of_the_drainers() {
        assertThat(clients.topics()).containsExactlyInAnyOrder("orders.dlt", "returns.dlt", "bad-bills", "any-7.dlt");
    }

    @Test
    void a_topic_is_read_where_its_drainer_is_and_within_bounds() {
        assertThatThrownBy(() -> clients.at(new LetterRef("bad-bills", 0, 0))).isInstanceOf(LettersAwayException.class);
        assertThatThrownBy(() -> clients.newest("returns.dlt", Map.of(), 1)).isInstanceOf(LettersAwayException.class);

        assertThat(consumed).extracting(each -> each.get("bootstrap.servers")).containsExactly("two:9092", "one:9092");
        assertThat(consumed.get(1))
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("auto.offset.reset", "none")
                .containsEntry("default.api.timeout.ms", "10000")
                .doesNotContainKeys("group.id", "group.protocol", "compression.type");
    }

    @Test
    void a_client_can_be_made_of_what_is_left_of_the_drainers_properties() {
        settings.drainers().forEach(drainer -> {
            Map<String, Object> properties = new java.util.HashMap<>(LetterClients.consumerProperties(drainer));
            properties.put("bootstrap.servers", "127.0.0.1:1");
            properties.put("security.protocol", "PLAINTEXT");
            assertThatCode(() -> new KafkaConsumer<byte[], byte[]>(properties).close())
                    .doesNotThrowAnyException();
            assertThat(new ConsumerConfig(properties).unused()).isNotNull();
        });
    }

    @Test
    void a_letter_goes_back_by_one_producer_of_the_drainer_that_drains_its_topic() throws LettersAwayException {
        clients.send(new ProducerRecord<>("bills", new byte[1]));
        clients.send(new ProducerRecord<>("bills", new byte[1]));
        clients.send(new ProducerRecord<>("any-9", new byte[1]));

        assertThat(made).hasSize(2);
        assertThat(made.get(0).history()).hasSize(2);
        assertThat(produced.get(0))
                .containsEntry("bootstrap.servers", "two:9092")
                .containsEntry("acks", "all")
                .containsEntry("max.block.ms", "2000")
                .containsEntry(ProducerConfig.CLIENT_ID_CONFIG, "tidegate-bills-replay");
        clients.close();
        assertThat(made).allMatch(MockProducer::closed);
        assertThatThrownBy(() -> clients.send(new ProducerRecord<>("bills", new byte[1])))
                .hasMessageContaining("stops");
    }

    @Test
    void a_topic_of_no_drainer_is_neither_read_nor_written() {
        assertThatThrownBy(() -> clients.at(new LetterRef("secrets", 0, 0))).hasMessageContaining("secrets");
        assertThatThrownBy(() -> clients.send(new ProducerRecord<>("secrets", new byte[1])))
                .hasMessageContaining("secrets");
    }
}
