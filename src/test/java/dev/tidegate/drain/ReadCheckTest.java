package dev.tidegate.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidegate.drain.ReadCheck.Finding;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.junit.jupiter.api.Test;

class ReadCheckTest {
    private static Finding of(Deserializer<?> values, String value) {
        return new ReadCheck(null, values).of(QuickConsumer.record(DrainerBench.P0, 0, "k", value));
    }

    @Test
    void bytes_that_the_deserialiser_takes_are_fine_and_so_is_null() {
        assertThat(of(new IntegerDeserializer(), "1234")).isInstanceOf(Finding.Fine.class);
        assertThat(of(new IntegerDeserializer(), null)).isInstanceOf(Finding.Fine.class);
        assertThat(of(null, "anything")).isInstanceOf(Finding.Fine.class);
    }

    @Test
    void bytes_that_it_does_not_take_are_unreadable() {
        assertThat(of(new IntegerDeserializer(), "123")).isInstanceOfSatisfying(Finding.Unreadable.class, finding -> {
            assertThat(finding.causeClass()).endsWith("SerializationException");
            assertThat(finding.reason()).contains("cannot be deserialised");
        });
    }

    @Test
    void a_registry_that_is_away_is_no_fault_of_the_record() {
        Deserializer<?> away = (topic, data) -> {
            throw new SerializationException("schema 7", new IOException("connection refused"));
        };
        assertThat(of(away, "v"))
                .isInstanceOfSatisfying(
                        Finding.Failed.class,
                        finding -> assertThat(finding.isRecordsFault()).isFalse());
    }

    @Test
    void an_error_may_be_the_records_fault() {
        Deserializer<?> hungry = (topic, data) -> {
            throw new OutOfMemoryError("on demand");
        };
        assertThat(of(hungry, "v"))
                .isInstanceOfSatisfying(
                        Finding.Failed.class,
                        finding -> assertThat(finding.isRecordsFault()).isTrue());
    }

    @Test
    void an_interrupt_ends_the_wait_behind_a_deserialiser_that_hangs() throws Exception {
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch mended = new CountDownLatch(1);
        ReadCheck check = new ReadCheck(null, (topic, data) -> {
            hangs.countDown();
            try {
                mended.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return "read";
        });
        FutureTask<Finding> first =
                new FutureTask<>(() -> check.of(QuickConsumer.record(DrainerBench.P0, 0, "k", "v")));
        FutureTask<Finding> second =
                new FutureTask<>(() -> check.of(QuickConsumer.record(DrainerBench.P0, 1, "k", "v")));
        Thread waiting = new Thread(second);
        new Thread(first).start();
        hangs.await();
        waiting.start();
        waiting.interrupt();

        assertThat(second.get(5, TimeUnit.SECONDS))
                .isInstanceOfSatisfying(
                        Finding.Failed.class,
                        finding -> assertThat(finding.isRecordsFault()).isFalse());
        mended.countDown();
        assertThat(first.get(5, TimeUnit.SECONDS)).isInstanceOf(Finding.Fine.class);
    }

    @Test
    void a_class_that_is_no_deserialiser_is_refused_by_name() {
        SettingsOfDrainer settings = new SettingsOfDrainer();
        settings.kafka.put("value.deserializer", "no.such.Class");

        assertThatThrownBy(() -> ConfiguredDeserializers.of(settings.build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("value.deserializer is 'no.such.Class'");
    }
}
