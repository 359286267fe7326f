package dev.tidegate.drain;

import static dev.tidegate.drain.DrainerBench.P0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DrainerFollowsSettingsTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final DrainerBench bench = new DrainerBench();
    private final Queue<CompletableFuture<Outcome>> answers = new ConcurrentLinkedQueue<>();

    @AfterEach
    void end() {
        bench.close();
    }

    @Test
    void a_higher_concurrency_hands_over_more_at_once_and_a_lower_one_less_without_a_restart() {
        bench.settings.concurrency = 2;
        bench.consumer.assign(P0);
        for (int i = 0; i < 30; i++) {
            bench.consumer.append(P0, "k" + i, "v" + i);
        }
        KafkaDrainer drainer = bench.startAsync(delivery -> {
            CompletableFuture<Outcome> answer = new CompletableFuture<>();
            answers.add(answer);
            return answer;
        });
        await().atMost(LONG).until(() -> answers.size() == 2);

        bench.settings.concurrency = 5;
        drainer.follow(bench.settings.build());
        await().atMost(LONG).until(() -> answers.size() == 5);

        bench.settings.concurrency = 1;
        drainer.follow(bench.settings.build());
        for (int i = 0; i < 4; i++) {
            answers.remove().complete(Outcome.Done.WITHOUT_RESULT);
        }
        await().during(Duration.ofMillis(300)).atMost(LONG).until(() -> answers.size() == 1);
        assertThat(drainer.settings().concurrency()).isOne();
        answers.remove().complete(Outcome.Done.WITHOUT_RESULT);
        await().atMost(LONG).until(() -> answers.size() == 1);
    }
}
