package dev.tidegate.drain.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

class LimitedBodyTest {
    private boolean isCancelled;

    @Test
    void a_body_up_to_the_limit_is_collected() {
        LimitedBody body = begun(6);

        body.onNext(List.of(bytes("ab"), bytes("")));
        body.onNext(List.of(bytes("cdef")));
        body.onComplete();

        assertThat(body.getBody().toCompletableFuture().join()).asString(UTF_8).isEqualTo("abcdef");
    }

    @Test
    void a_larger_one_breaks_off_as_soon_as_it_is_larger() {
        LimitedBody body = begun(5);

        body.onNext(List.of(bytes("ab"), bytes("cdef")));

        assertThat(isCancelled).isTrue();
        assertThatThrownBy(() -> body.getBody().toCompletableFuture().join())
                .hasMessageContaining("larger than 5 bytes");
    }

    private LimitedBody begun(int mostBytes) {
        LimitedBody body = new LimitedBody(mostBytes);
        body.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {}

            @Override
            public void cancel() {
                isCancelled = true;
            }
        });
        return body;
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }
}
