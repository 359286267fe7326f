package dev.tidegate.publish;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.publish.DeadLetterResult.DoesNotFit;
import dev.tidegate.publish.DeadLetterResult.Failed;
import dev.tidegate.publish.DeadLetterResult.Sent;
import dev.tidegate.publish.DeadLetterSettings.HeaderStyle;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DeadLetterSenderTest {
    private static final byte[] KEY = {0, 1, (byte) 0xff};
    private static final byte[] VALUE = {(byte) 0xac, (byte) 0xed, 0, 5};

    private final PickyProducer producer = new PickyProducer();
    private RecordHeaders headers = new RecordHeaders();

    @Test
    void key_value_headers_and_timestamp_go_byte_for_byte() {
        headers.add("trace", new byte[] {1, 2}).add("trace", null).add("", new byte[0]);

        DeadLetterResult result = send(HeaderStyle.TIDEGATE, true, letter(KEY, VALUE, 1_700_000_000_123L, "boom"));

        assertThat(result).isInstanceOfSatisfying(Sent.class, sent -> {
            assertThat(sent.topic()).isEqualTo("orders.dlt");
            assertThat(sent.hasValue()).isTrue();
        });
        ProducerRecord<byte[], byte[]> copy = copy();
        assertThat(copy.key()).isEqualTo(KEY);
        assertThat(copy.value()).isEqualTo(VALUE);
        assertThat(copy.timestamp()).isEqualTo(1_700_000_000_123L);
        Header[] all = copy.headers().toArray();
        assertThat(all[0].value()).containsExactly(1, 2);
        assertThat(all[1].value()).isNull();
        assertThat(all[2].key()).isEmpty();
    }

    @Test
    void the_coordinates_and_the_cause_are_told() {
        send(HeaderStyle.TIDEGATE, true, letter(KEY, VALUE, 5, "boom"));

        assertThat(text("tidegate-source-topic")).isEqualTo("orders");
        assertThat(text("tidegate-source-partition")).isEqualTo("3");
        assertThat(text("tidegate-source-offset")).isEqualTo("42");
        assertThat(text("tidegate-source-timestamp")).isEqualTo("5");
        assertThat(text("tidegate-drainer")).isEqualTo("drainer-1");
        assertThat(text("tidegate-circuit")).isEqualTo("orders-circuit");
        assertThat(text("tidegate-cause-class")).isEqualTo("rejected");
        assertThat(text("tidegate-cause-text")).isEqualTo("boom");
        assertThat(text("tidegate-attempts")).isEqualTo("2");
        assertThat(text("tidegate-time")).isEqualTo("2030-01-01T00:00:00Z");
        assertThat(text("tidegate-id")).isEqualTo("tg-orders:orders:3:42");
    }

    @Test
    void null_stays_null_and_empty_stays_empty() {
        send(HeaderStyle.TIDEGATE, true, letter(null, null, 5, "boom"));
        assertThat(copy().key()).isNull();
        assertThat(copy().value()).isNull();
        producer.clear();

        send(HeaderStyle.TIDEGATE, true, letter(new byte[0], new byte[0], 5, "boom"));
        assertThat(copy().key()).isEmpty();
        assertThat(copy().value()).isEmpty();
    }

    @Test
    void a_record_without_a_timestamp_gets_one_and_tells_that_it_had_none() {
        send(HeaderStyle.TIDEGATE, true, letter(KEY, VALUE, -1, "boom"));

        assertThat(copy().timestamp()).isNull();
        assertThat(text("tidegate-source-timestamp")).isEqualTo("-1");
    }

    @Test
    void a_timestamp_that_the_broker_refuses_is_kept_in_the_header_alone() {
        producer.refuses =
                record -> record.timestamp() != null ? new InvalidTimestampException("too far in the future") : null;

        DeadLetterResult result = send(HeaderStyle.TIDEGATE, true, letter(KEY, VALUE, Long.MAX_VALUE, "boom"));

        assertThat(result).isInstanceOf(Sent.class);
        assertThat(text("tidegate-source-timestamp")).isEqualTo(Long.toString(Long.MAX_VALUE));
    }

    @Test
    void forged_headers_are_kept_under_another_name_and_not_believed() {
        headers.add("tidegate-source-topic", "evil".getBytes(UTF_8)).add("Tidegate-Attempts", new byte[] {0x7f});

        send(HeaderStyle.TIDEGATE, true, letter(KEY, VALUE, 5, "boom"));

        assertThat(copy().headers().headers("tidegate-source-topic")).hasSize(1);
        assertThat(text("tidegate-source-topic")).isEqualTo("orders");
        assertThat(text("untrusted-tidegate-source-topic")).isEqualTo("evil");
        assertThat(copy().headers().lastHeader("untrusted-Tidegate-Attempts").value())
                .containsExactly(0x7f);
    }

    @Test
    void the_cause_text_is_cut_between_characters() {
        send(HeaderStyle.TIDEGATE, true, letter(KEY, VALUE, 5, "x" + "é".repeat(5_000)));

        assertThat(text("tidegate-cause-text")).isEqualTo("x" + "é".repeat(2_047));
    }

    @Test
    void the_cause_text_is_what_goes_first_when_space_is_short() {
        producer.refusesWhile(record -> sizeOf(record.headers(), "tidegate-cause-text") > 64);

        DeadLetterResult result = send(HeaderStyle.TIDEGATE, false, letter(KEY, VALUE, 5, "x".repeat(1_000)));

        assertThat(result)
                .isInstanceOfSatisfying(
                        Sent.class, sent -> assertThat(sent.hasValue()).isTrue());
        assertThat(copy().value()).isEqualTo(VALUE);
    }

    @Test
    void one_that_does_not_fit_goes_without_its_value() {
        producer.refusesWhile(record -> record.value() != null);

        DeadLetterResult result = send(HeaderStyle.TIDEGATE, true, letter(KEY, "hello".getBytes(UTF_8), 5, "boom"));

        assertThat(result)
                .isInstanceOfSatisfying(
                        Sent.class, sent -> assertThat(sent.hasValue()).isFalse());
        assertThat(copy().key()).isEqualTo(KEY);
        assertThat(text("tidegate-value-size")).isEqualTo("5");
        assertThat(text("tidegate-value-sha256"))
                .isEqualTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
    }

    @Test
    void one_whose_headers_alone_do_not_fit_goes_as_its_coordinates() {
        headers.add("huge", new byte[100_000]);
        producer.refusesWhile(record -> record.headers().lastHeader("huge") != null);

        DeadLetterResult result = send(HeaderStyle.TIDEGATE, true, letter(KEY, VALUE, 5, "boom"));

        assertThat(result).isInstanceOf(Sent.class);
        assertThat(text("tidegate-omitted-headers")).isEqualTo("1");
        assertThat(text("tidegate-key-size")).isEqualTo("3");
        assertThat(text("tidegate-source-offset")).isEqualTo("42");
    }

    @Test
    void one_that_does_not_fit_waits_for_an_operator_if_the_settings_say_so() {
        producer.refusesWhile(record -> record.value() != null);

        DeadLetterResult result = send(HeaderStyle.TIDEGATE, false, letter(KEY, VALUE, 5, "boom"));

        assertThat(result)
                .isInstanceOfSatisfying(
                        DoesNotFit.class,
                        wait -> assertThat(wait.reason())
                                .contains("orders-3 offset 42", "orders.dlt", "dead-letter-oversize"));
    }

    @Test
    void a_topic_that_is_away_fails_and_may_be_tried_again() {
        producer.refuses = record -> new TimeoutException("no answer");

        DeadLetterResult result = send(HeaderStyle.TIDEGATE, true, letter(KEY, VALUE, 5, "boom"));

        assertThat(result).isInstanceOf(Failed.class);
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void one_that_cannot_be_written_a_second_time_fails_and_may_be_tried_again() {
        headers = new RecordHeaders() {
            private int reads;

            @Override
            public Iterator<Header> iterator() {
                if (reads++ > 0) {
                    throw new LinkageError("scripted");
                }
                return super.iterator();
            }
        };
        producer.refuses = record -> new RecordTooLargeException("over the limit.");

        DeadLetterResult result = send(HeaderStyle.TIDEGATE, true, letter(KEY, VALUE, 5, "boom"));

        assertThat(result).isInstanceOf(Failed.class);
    }

    @Test
    void springs_names_have_springs_number_formats() {
        headers.add("kafka_dlt-original-topic", "evil".getBytes(UTF_8));

        send(HeaderStyle.SPRING, true, letter(KEY, VALUE, 5, "boom"));

        assertThat(text("kafka_dlt-original-topic")).isEqualTo("orders");
        assertThat(ByteBuffer.wrap(copy().headers()
                                .lastHeader("kafka_dlt-original-partition")
                                .value())
                        .getInt())
                .isEqualTo(3);
        assertThat(ByteBuffer.wrap(copy().headers()
                                .lastHeader("kafka_dlt-original-offset")
                                .value())
                        .getLong())
                .isEqualTo(42);
    }

    @Test
    void smallryes_names_are_texts() {
        send(HeaderStyle.SMALLRYE, true, letter(KEY, VALUE, 5, "boom"));

        assertThat(text("dead-letter-topic")).isEqualTo("orders");
        assertThat(text("dead-letter-offset")).isEqualTo("42");
        assertThat(text("dead-letter-reason")).isEqualTo("boom");
    }

    private DeadLetterResult send(HeaderStyle style, boolean isTruncated, DeadLetter letter) {
        DeadLetterSettings settings = new DeadLetterSettings(
                "drainer-1", true, null, isTruncated, style, Duration.ofMillis(300), Duration.ofSeconds(5), Map.of());
        KafkaDeadLetterSender sender =
                new KafkaDeadLetterSender(settings, properties -> producer, Runnable::run, System::nanoTime);
        return sender.send(letter).toCompletableFuture().join();
    }

    private DeadLetter letter(byte[] key, byte[] value, long timestamp, String cause) {
        return new DeadLetter(
                "orders.dlt",
                "orders",
                3,
                42,
                timestamp,
                key,
                value,
                headers,
                "drainer-1",
                "tg-orders",
                "orders-circuit",
                "rejected",
                cause,
                2,
                Instant.parse("2030-01-01T00:00:00Z"));
    }

    private ProducerRecord<byte[], byte[]> copy() {
        assertThat(producer.history()).hasSize(1);
        return producer.history().get(0);
    }

    private String text(String header) {
        return new String(copy().headers().lastHeader(header).value(), UTF_8);
    }

    private static int sizeOf(Headers headers, String name) {
        return headers.lastHeader(name).value().length;
    }

    /** Turns records down as a broker does. */
    private static final class PickyProducer extends MockProducer<byte[], byte[]> {
        Function<ProducerRecord<byte[], byte[]>, RuntimeException> refuses = record -> null;

        PickyProducer() {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        void refusesWhile(Predicate<ProducerRecord<byte[], byte[]>> tooLarge) {
            refuses = record -> tooLarge.test(record) ? new RecordTooLargeException("over the limit.") : null;
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
            RuntimeException error = refuses.apply(record);
            if (error == null) {
                return super.send(record, callback);
            }
            callback.onCompletion(null, error);
            return CompletableFuture.failedFuture(error);
        }
    }
}
