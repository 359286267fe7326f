package dev.tidegate.publish.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.fixture.FakeTicker;
import dev.tidegate.publish.DeadLetter;
import dev.tidegate.publish.DeadLetterSettings;
import dev.tidegate.publish.DeadLetterSettings.HeaderStyle;
import dev.tidegate.publish.KafkaDeadLetterSender;
import dev.tidegate.publish.letters.LetterAnswer.Kind;
import dev.tidegate.store.InMemoryLetterMarks;
import dev.tidegate.store.LetterMark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class LetterOfficeTest {
    private final FakeTicker ticker = new FakeTicker();
    private final ScriptedShelf shelf = new ScriptedShelf();
    private final InMemoryLetterMarks marks = new InMemoryLetterMarks(ticker);
    private final DeadLetters letters = new DeadLetters(shelf, marks, () -> Set.of("orders.dlt"));
    private final List<ProducerRecord<byte[], byte[]>> mailed = new ArrayList<>();
    private boolean isMailAway;
    private final LetterOffice office = new LetterOffice(letters, marks, this::mail, ticker, ticker::advance);

    /** Records of one partition per number, at their offsets. */
    private static final class ScriptedShelf implements LetterShelf {
        final Map<Integer, List<ConsumerRecord<byte[], byte[]>>> partitions =
                Map.of(0, new ArrayList<>(), 1, new ArrayList<>());

        @Override
        public Window newest(String topic, Map<Integer, Long> below, int atMost) {
            List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
            partitions.forEach((partition, records) -> {
                long end = below.isEmpty() ? records.size() : below.getOrDefault(partition, 0L);
                found.addAll(records.subList(0, (int) end));
            });
            return new Window(found, Map.of());
        }

        @Override
        public Optional<ConsumerRecord<byte[], byte[]>> at(LetterRef ref) {
            List<ConsumerRecord<byte[], byte[]>> records = partitions.get(ref.partition());
            return ref.offset() < records.size() ? Optional.of(records.get((int) ref.offset())) : Optional.empty();
        }
    }

    private void mail(ProducerRecord<byte[], byte[]> record) throws LettersAwayException {
        if (isMailAway) {
            throw new LettersAwayException("scripted", new IllegalStateException());
        }
        mailed.add(record);
    }

    private static ProducerRecord<byte[], byte[]> written(HeaderStyle style, RecordHeaders source, long offset) {
        MockProducer<byte[], byte[]> producer =
                new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        DeadLetterSettings settings = new DeadLetterSettings(
                "orders", false, null, true, style, Duration.ofSeconds(1), Duration.ofSeconds(10), Map.of());
        try (KafkaDeadLetterSender sender =
                new KafkaDeadLetterSender(settings, properties -> producer, Runnable::run, System::nanoTime)) {
            sender.send(new DeadLetter(
                            "orders.dlt",
                            "orders",
                            0,
                            offset,
                            1234,
                            "key".getBytes(UTF_8),
                            "value".getBytes(UTF_8),
                            source,
                            "orders",
                            "tg-orders",
                            "orders",
                            "rejected",
                            "boom",
                            3,
                            Instant.EPOCH.plusSeconds(offset)))
                    .toCompletableFuture()
                    .orTimeout(20, TimeUnit.SECONDS)
                    .join();
        }
        return producer.history().get(0);
    }

    private LetterRef lies(int partition, ProducerRecord<byte[], byte[]> letter) {
        var records = shelf.partitions.get(partition);
        long offset = records.size();
        records.add(new ConsumerRecord<>(
                "orders.dlt",
                partition,
                offset,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                letter.key(),
                letter.value(),
                letter.headers(),
                Optional.empty()));
        return new LetterRef("orders.dlt", partition, offset);
    }

    private LetterRef letter(long sourceOffset) {
        return lies(0, written(HeaderStyle.TIDEGATE, new RecordHeaders(), sourceOffset));
    }

    private static ReplayOrder order(boolean isDryRun, boolean isAgain, LetterRef... refs) {
        return new ReplayOrder(List.of(refs), isDryRun, isAgain, 10, "anna", "mended");
    }

    private Kind replayed(LetterRef ref) throws InterruptedException {
        return office.replay(order(false, false, ref)).get(0).kind();
    }

    @ParameterizedTest
    @EnumSource
    void a_letter_goes_as_it_came_to_where_it_came_from(HeaderStyle style) throws Exception {
        RecordHeaders source = new RecordHeaders();
        source.add("trace", new byte[] {1, 2}).add("tidegate-source-topic", "victim".getBytes(UTF_8));
        source.add("kafka_dlt-original-topic", "victim".getBytes(UTF_8)).add("dead-letter-topic", null);
        source.add("untrusted-other", new byte[0]);
        LetterRef ref = lies(0, written(style, source, 7));

        assertThat(replayed(ref)).isEqualTo(Kind.REPLAYED);

        ProducerRecord<byte[], byte[]> sent = mailed.get(0);
        assertThat(sent.topic()).isEqualTo("orders");
        assertThat(sent.key()).isEqualTo("key".getBytes(UTF_8));
        assertThat(sent.value()).isEqualTo("value".getBytes(UTF_8));
        assertThat(sent.timestamp()).isEqualTo(1234);
        Header[] headers = sent.headers().toArray();
        assertThat(List.of(headers).subList(0, 5)).isEqualTo(List.of(source.toArray()));
        assertThat(headers).hasSize(6);
        assertThat(headers[5].key()).isEqualTo("tidegate-replayed");
        assertThat(new String(headers[5].value(), UTF_8)).isEqualTo("orders.dlt:0:0");
    }

    @Test
    void a_letter_goes_once_unless_it_is_said_to_go_again() throws Exception {
        LetterRef ref = letter(7);

        assertThat(replayed(ref)).isEqualTo(Kind.REPLAYED);
        LetterAnswer second = office.replay(order(false, false, ref)).get(0);
        assertThat(second.kind()).isEqualTo(Kind.DONE_BEFORE);
        assertThat(second.text()).contains("anna", "mended");
        assertThat(mailed).hasSize(1);

        assertThat(office.replay(order(false, true, ref)).get(0).kind()).isEqualTo(Kind.REPLAYED);
        assertThat(mailed).hasSize(2);
    }

    @Test
    void copies_of_one_letter_go_once() throws Exception {
        LetterRef first = letter(7);
        LetterRef copy = letter(7);

        assertThat(office.replay(order(false, false, first, copy)))
                .extracting(LetterAnswer::kind)
                .containsExactly(Kind.REPLAYED, Kind.DONE_BEFORE);
    }

    @Test
    void a_letter_of_which_nobody_knows_whether_it_went_does_not_go_by_itself() throws Exception {
        LetterRef ref = letter(7);
        isMailAway = true;
        LetterAnswer answer = office.replay(order(false, false, ref)).get(0);
        assertThat(answer.kind()).isEqualTo(Kind.FAILED);
        assertThat(answer.text()).contains("not known");

        isMailAway = false;
        assertThat(replayed(ref)).isEqualTo(Kind.DONE_BEFORE);
        assertThat(office.replay(order(false, true, ref)).get(0).kind()).isEqualTo(Kind.REPLAYED);
    }

    @Test
    void a_dry_run_sends_and_marks_nothing() throws Exception {
        LetterRef ref = letter(7);

        assertThat(office.replay(order(true, false, ref)).get(0).kind()).isEqualTo(Kind.WOULD_BE_REPLAYED);

        assertThat(mailed).isEmpty();
        assertThat(marks.read(List.of("tg-orders:orders:0:7"))).isEmpty();
    }

    @Test
    void no_more_go_in_a_second_than_ordered() throws Exception {
        LetterRef[] refs = IntStream.range(0, 31).mapToObj(this::letter).toArray(LetterRef[]::new);
        long begin = ticker.nanos();

        assertThat(office.replay(order(false, false, refs))).hasSize(31);

        assertThat(Duration.ofNanos(ticker.nanos() - begin)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void a_letter_that_pretends_to_be_ours_goes_nowhere() throws Exception {
        ProducerRecord<byte[], byte[]> doubled = written(HeaderStyle.TIDEGATE, new RecordHeaders(), 7);
        doubled.headers().add("tidegate-source-topic", "victim".getBytes(UTF_8));
        ProducerRecord<byte[], byte[]> changed = written(HeaderStyle.TIDEGATE, new RecordHeaders(), 8);
        changed.headers().remove("tidegate-source-topic").add("tidegate-source-topic", "victim".getBytes(UTF_8));
        ProducerRecord<byte[], byte[]> foreign = new ProducerRecord<>("orders.dlt", null, null);

        for (ProducerRecord<byte[], byte[]> each : List.of(doubled, changed, foreign)) {
            assertThat(replayed(lies(0, each))).isEqualTo(Kind.IMPOSSIBLE);
        }
        assertThat(mailed).isEmpty();
    }

    @Test
    void a_letter_without_its_value_is_not_sent_as_if_it_were_whole() throws Exception {
        ProducerRecord<byte[], byte[]> cut = written(HeaderStyle.TIDEGATE, new RecordHeaders(), 7);
        cut.headers().add("tidegate-value-size", "2999900".getBytes(UTF_8));

        LetterAnswer answer = office.replay(order(false, false, lies(0, cut))).get(0);

        assertThat(answer.kind()).isEqualTo(Kind.IMPOSSIBLE);
        assertThat(answer.text()).contains("orders-0 at offset 7");
    }

    @Test
    void a_discarded_letter_is_marked_and_not_replayed() throws Exception {
        LetterRef ref = letter(7);

        assertThat(office.discard(ref, "anna", "a test").kind()).isEqualTo(Kind.DISCARDED);

        assertThat(replayed(ref)).isEqualTo(Kind.DONE_BEFORE);
        assertThat(office.discard(ref, "ben", "too").kind()).isEqualTo(Kind.DONE_BEFORE);
        LetterMark mark = letters.list("orders.dlt", LetterFilter.ALL, 5, null)
                .letters()
                .get(0)
                .mark();
        assertThat(mark).isNotNull();
        assertThat(mark.kind()).isEqualTo(LetterMark.Kind.DISCARDED);
    }

    @Test
    void pages_tell_every_letter_once_and_end() throws Exception {
        // In partition 1 times go back: what is newer by offset is older by time.
        for (int i = 0; i < 20; i++) {
            lies(0, written(HeaderStyle.TIDEGATE, new RecordHeaders(), i * 2L));
            lies(1, written(HeaderStyle.TIDEGATE, new RecordHeaders(), 101 - i * 2L));
        }
        Set<LetterRef> seen = new HashSet<>();
        String before = null;
        int pages = 0;
        do {
            LetterPage page = letters.list("orders.dlt", LetterFilter.ALL, 3, before);
            page.letters().forEach(letter -> assertThat(seen.add(letter.ref())).isTrue());
            before = page.before();
            pages++;
        } while (before != null && pages < 100);

        assertThat(seen).hasSize(40);
        assertThat(pages).isEqualTo(14);
    }

    @Test
    void a_filter_takes_only_what_suits() throws Exception {
        letter(7);
        letter(9);

        LetterFilter late = new LetterFilter("orders", "orders", "boo", Instant.EPOCH.plusSeconds(8), null);
        assertThat(letters.list("orders.dlt", late, 5, null).letters())
                .extracting(Letter::sourceOffset)
                .containsExactly(9L);
        LetterFilter other = new LetterFilter("invoices", null, null, null, null);
        assertThat(letters.list("orders.dlt", other, 5, null).letters()).isEmpty();
    }

    @Test
    void a_topic_of_no_drainer_is_not_read() {
        assertThatThrownBy(() -> letters.reveal(LetterRef.of("salaries:0:1"))).hasMessageContaining("orders.dlt");
        assertThatThrownBy(() -> letters.list("salaries", LetterFilter.ALL, 5, null))
                .hasMessageContaining("no dead-letter topic");
    }
}
