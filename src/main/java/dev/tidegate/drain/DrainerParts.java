package dev.tidegate.drain;

import dev.tidegate.core.Ticker;
import dev.tidegate.guard.Circuit;
import dev.tidegate.publish.DeadLetterSender;
import dev.tidegate.publish.DeadLetterTopics;
import dev.tidegate.publish.Publisher;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a drainer works with. All of it is the caller's: a drainer closes only the consumers and directories that it had
 * made.
 *
 * @param instance this instance's name, part of static group members' identities
 * @param circuit of the downstream
 * @param publisher where results go, or {@code null} for nowhere
 * @param deadLetterTopics checks that dead-letter topics exist, or {@code null} for no check
 * @param consumers makes a consumer from its properties
 * @param directories makes a topic directory; once for each start
 * @param pollThreads makes the poll thread; one for each start
 * @param workers runs processors, sends and news; must not run a task in the thread that hands it in
 * @param scheduler for deadlines only: what it runs is short
 * @param ticker the one that the circuits use
 * @param random thread-safe; for jitter only
 */
public record DrainerParts(
        String instance,
        Circuit circuit,
        @Nullable Publisher publisher,
        DeadLetterSender deadLetters,
        @Nullable DeadLetterTopics deadLetterTopics,
        Function<Map<String, Object>, Consumer<byte[], byte[]>> consumers,
        Supplier<TopicDirectory> directories,
        ThreadFactory pollThreads,
        Executor workers,
        ScheduledExecutorService scheduler,
        Ticker ticker,
        InstantSource clock,
        RandomGenerator random,
        DrainerListener listener) {}
