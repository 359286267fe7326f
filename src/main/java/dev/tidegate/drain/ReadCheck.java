package dev.tidegate.drain;

import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads each record by the configured deserialisers before it is handed over, so that an unreadable one is known by its raw
 * bytes. The consumer itself only ever deals in bytes: a deserialiser that fails inside its poll would stop every partition.
 */
final class ReadCheck {
    /** What reading showed. */
    sealed interface Finding {
        record Fine() implements Finding {}

        record Unreadable(String causeClass, String reason) implements Finding {}

        /**
         * It could not be read now: what the deserialiser needs, such as a schema registry, did not answer.
         *
         * @param isRecordsFault whether it may be the record after all, so that the failure may count against it
         */
        record Failed(String reason, boolean isRecordsFault) implements Finding {}
    }

    private static final int DEEPEST = 20;
    private static final Finding FINE = new Finding.Fine();

    private final ReentrantLock lock = new ReentrantLock();
    private final @Nullable Deserializer<?> keys;
    private final @Nullable Deserializer<?> values;

    ReadCheck(@Nullable Deserializer<?> keys, @Nullable Deserializer<?> values) {
        this.keys = keys;
        this.values = values;
    }

    /**
     * Deserialisers need not be safe for many threads, so one record is read at a time. An interrupt ends the wait for one's
     * turn: behind a deserialiser that hangs, nobody else need hang.
     */
    Finding of(ConsumerRecord<byte[], byte[]> record) {
        if (keys == null && values == null) {
            return FINE;
        }
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException e) {
            return new Finding.Failed("interrupted while another record was deserialised", false);
        }
        try {
            return read(record);
        } catch (RuntimeException e) {
            return hasTroubleBehindIt(e)
                    ? new Finding.Failed(e.toString(), false)
                    : new Finding.Unreadable(e.getClass().getName(), "cannot be deserialised: " + e);
        } catch (Error e) {
            return new Finding.Failed(e.toString(), true);
        } finally {
            lock.unlock();
        }
    }

    private Finding read(ConsumerRecord<byte[], byte[]> record) {
        read(keys, record, record.key());
        read(values, record, record.value());
        return FINE;
    }

    private static void read(
            @Nullable Deserializer<?> by, ConsumerRecord<byte[], byte[]> record, byte @Nullable [] data) {
        if (by != null && data != null) {
            by.deserialize(record.topic(), record.headers(), data);
        }
    }

    private static boolean hasTroubleBehindIt(Throwable error) {
        Throwable at = error;
        for (int depth = 0; at != null && depth < DEEPEST; depth++) {
            if (at instanceof IOException || at instanceof TimeoutException || at instanceof RetriableException) {
                return true;
            }
            at = at.getCause();
        }
        return false;
    }
}
