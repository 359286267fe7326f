package dev.tidegate.drain.http;

import dev.tidegate.drain.Delivery;
import java.time.Instant;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** A delivery made by hand. */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record TestDelivery(
        String group,
        Uuid topicId,
        long timestamp,
        byte @Nullable [] key,
        byte @Nullable [] value,
        RecordHeaders headers,
        boolean isCancelled)
        implements Delivery {
    static final Uuid TOPIC_ID = new Uuid(1, 2);

    static TestDelivery of(byte @Nullable [] key, byte @Nullable [] value) {
        return new TestDelivery("tg-orders", TOPIC_ID, 1_700_000_000_123L, key, value, new RecordHeaders(), false);
    }

    TestDelivery with(String header, byte @Nullable [] bytes) {
        headers.add(header, bytes);
        return this;
    }

    @Override
    public String drainer() {
        return "orders";
    }

    @Override
    public String topic() {
        return "orders.in";
    }

    @Override
    public int partition() {
        return 3;
    }

    @Override
    public long offset() {
        return 42;
    }

    @Override
    public int attempt() {
        return 1;
    }

    @Override
    public Instant deadline() {
        return Instant.MAX;
    }
}
