package dev.tidegate.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.bench.StoredRecords;
import dev.tidegate.fixture.KafkaBroker;
import dev.tidegate.publish.DeadLetter;
import dev.tidegate.publish.DeadLetterResult;
import dev.tidegate.publish.DeadLetterSettings;
import dev.tidegate.publish.DeadLetterSettings.HeaderStyle;
import dev.tidegate.publish.KafkaDeadLetterSender;
import dev.tidegate.publish.letters.DeadLetters;
import dev.tidegate.publish.letters.KafkaLetterMail;
import dev.tidegate.publish.letters.KafkaLetterShelf;
import dev.tidegate.publish.letters.Letter;
import dev.tidegate.publish.letters.LetterAnswer;
import dev.tidegate.publish.letters.LetterFilter;
import dev.tidegate.publish.letters.LetterOffice;
import dev.tidegate.publish.letters.LetterPage;
import dev.tidegate.publish.letters.LetterRef;
import dev.tidegate.publish.letters.LettersAwayException;
import dev.tidegate.publish.letters.ReplayOrder;
import dev.tidegate.store.InMemoryLetterMarks;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LettersAgainIT {
    private static KafkaBroker broker;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final InMemoryLetterMarks marks = new InMemoryLetterMarks(InstantSource.system());

    @BeforeAll
    static void startBroker(@TempDir Path directory) {
        broker = KafkaBroker.start(directory);
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void letters_of_every_style_and_one_cut_are_listed_and_what_is_whole_goes_back() throws Exception {
        broker.createTopic("orders", 1);
        broker.createTopic("orders.dlt", 2);
        int offset = 0;
        for (HeaderStyle style : HeaderStyle.values()) {
            send(style, offset++, "value".getBytes(UTF_8));
        }
        send(HeaderStyle.TIDEGATE, offset, new byte[1_100_000]);

        DeadLetters letters = letters();
        LetterPage page = letters.list("orders.dlt", LetterFilter.ALL, 10, null);

        assertThat(page.before()).isNull();
        assertThat(page.letters()).extracting(Letter::sourceOffset).containsExactlyInAnyOrder(0L, 1L, 2L, 3L);
        assertThat(page.letters())
                .filteredOn(letter -> !letter.isWhole())
                .singleElement()
                .satisfies(cut -> assertThat(cut.valueBytes()).isEqualTo(1_100_000));
        List<LetterRef> refs = page.letters().stream().map(Letter::ref).toList();
        assertThat(letters.reveal(refs.get(3)).orElseThrow().value()).isEqualTo("value".getBytes(UTF_8));
        assertThat(letters.reveal(new LetterRef("orders.dlt", 0, 1_000))).isEmpty();
        assertThat(letters.reveal(new LetterRef("orders.dlt", 9, 0))).isEmpty();

        for (int round = 0; round < 2; round++) {
            List<LetterAnswer> answers = replay(letters, refs);
            assertThat(answers)
                    .filteredOn(answer -> answer.kind() == LetterAnswer.Kind.IMPOSSIBLE)
                    .hasSize(1);
        }

        List<ConsumerRecord<byte[], byte[]>> again = StoredRecords.of(broker, "orders");
        assertThat(again).hasSize(3).allSatisfy(record -> {
            assertThat(record.key()).isEqualTo("key".getBytes(UTF_8));
            assertThat(record.value()).isEqualTo("value".getBytes(UTF_8));
            assertThat(record.headers().toArray()).hasSize(2);
            assertThat(record.headers().lastHeader("dead-letter-topic").value()).isEqualTo("victim".getBytes(UTF_8));
            assertThat(record.headers().lastHeader("tidegate-replayed")).isNotNull();
        });
    }

    @Test
    void a_topic_that_is_away_is_told_within_the_bound() {
        DeadLetters letters = letters();
        long begin = System.nanoTime();

        assertThatThrownBy(() -> letters.list("away.dlt", LetterFilter.ALL, 10, null))
                .isInstanceOf(LettersAwayException.class)
                .hasMessageContaining("away.dlt");

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(40));
    }

    private DeadLetters letters() {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "auto.offset.reset",
                "none",
                "enable.auto.commit",
                false,
                "allow.auto.create.topics",
                false);
        KafkaLetterShelf shelf = new KafkaLetterShelf(
                () -> new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                Duration.ofSeconds(20),
                1 << 20,
                System::nanoTime);
        return new DeadLetters(shelf, marks, () -> Set.of("orders.dlt", "away.dlt"));
    }

    private List<LetterAnswer> replay(DeadLetters letters, List<LetterRef> refs) throws InterruptedException {
        Map<String, Object> properties = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (var producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            LetterOffice office = new LetterOffice(
                    letters,
                    marks,
                    new KafkaLetterMail(producer, Duration.ofSeconds(20)),
                    System::nanoTime,
                    rest -> TimeUnit.NANOSECONDS.sleep(rest.toNanos()));
            return office.replay(new ReplayOrder(refs, false, false, 1_000, "anna", "mended"));
        }
    }

    private void send(HeaderStyle style, long offset, byte[] value) throws Exception {
        RecordHeaders headers = new RecordHeaders();
        headers.add("dead-letter-topic", "victim".getBytes(UTF_8));
        DeadLetterSettings settings = new DeadLetterSettings(
                "orders",
                false,
                null,
                true,
                style,
                Duration.ofSeconds(20),
                Duration.ofSeconds(30),
                Map.of("bootstrap.servers", broker.bootstrapServers(), "max.request.size", "3000000"));
        try (KafkaDeadLetterSender sender = new KafkaDeadLetterSender(
                settings,
                properties -> new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()),
                threads,
                System::nanoTime)) {
            DeadLetter letter = new DeadLetter(
                    "orders.dlt",
                    "orders",
                    0,
                    offset,
                    5,
                    "key".getBytes(UTF_8),
                    value,
                    headers,
                    "orders",
                    "tg-orders",
                    "orders",
                    "rejected",
                    "boom",
                    1,
                    Instant.EPOCH.plusSeconds(100 - offset));
            assertThat(sender.send(letter).toCompletableFuture().get(60, TimeUnit.SECONDS))
                    .isInstanceOf(DeadLetterResult.Sent.class);
        }
    }
}
