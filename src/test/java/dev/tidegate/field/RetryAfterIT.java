package dev.tidegate.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.core.CircuitPolicy;
import dev.tidegate.core.EffectiveState;
import dev.tidegate.drain.http.DownstreamSettings;
import dev.tidegate.drain.http.HttpDownstream;
import dev.tidegate.drain.http.HttpProcessor;
import dev.tidegate.drain.http.RawServer;
import dev.tidegate.fixture.RunLength;
import dev.tidegate.fixture.SharedBroker;
import dev.tidegate.it.DrainerFleet;
import dev.tidegate.it.GroupProtocol;
import java.net.Socket;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The trouble of basecamp/basecamp-sdk#855: {@code Retry-After} was read for one status only, or as a number only, and the
 * client came back at once. Here the time from one failing answer to the next call of two instances is measured at the
 * downstream.
 */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("full-length")
class RetryAfterIT {
    private static final Duration BREAK = RunLength.of(Duration.ofMillis(200), Duration.ofSeconds(5));
    private static final Duration ASKED = RunLength.of(Duration.ofSeconds(1), Duration.ofSeconds(12));
    private static final Duration MOST = RunLength.of(Duration.ofSeconds(2), Duration.ofSeconds(30));
    private static final Duration SLACK = Duration.ofMillis(700);
    private static final DateTimeFormatter RFC_1123 = form("EEE, dd MMM yyyy HH:mm:ss 'GMT'");
    private static final DateTimeFormatter RFC_850 = form("EEEE, dd-MMM-yy HH:mm:ss 'GMT'");
    private static final DateTimeFormatter ASCTIME = form("EEE MMM ppd HH:mm:ss yyyy");

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private RawServer server;
    private DrainerFleet fleet;
    private String once;
    private long failedAtNanos;
    private long calledAgainAtNanos;

    private static DateTimeFormatter form(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH);
    }

    @BeforeAll
    void start() throws Exception {
        server = new RawServer((nth, connection) -> answer(connection));
        fleet = new DrainerFleet(SharedBroker.get(), "retry-after", 2, GroupProtocol.COOPERATIVE);
        fleet.policy = new CircuitPolicy(
                1,
                null,
                Duration.ofMinutes(1),
                1,
                BREAK,
                1,
                MOST,
                1,
                1,
                10,
                Duration.ofSeconds(5),
                Duration.ofSeconds(10));
        DownstreamSettings settings = new DownstreamSettings(
                "shop",
                server.uri(),
                "/",
                "text/plain",
                Duration.ofSeconds(5),
                null,
                Duration.ofSeconds(1),
                "http",
                Map.of(),
                Set.of(),
                Set.of(),
                Set.of());
        HttpProcessor processor = new HttpProcessor(new HttpDownstream(settings, threads), settings);
        for (String name : List.of("a", "b")) {
            fleet.joinAsync(name, processor);
        }
        fleet.awaitOwned(2);
    }

    @AfterAll
    void end() throws Exception {
        fleet.close();
        server.close();
        threads.shutdownNow();
    }

    private synchronized void answer(Socket connection) throws java.io.IOException {
        long now = System.nanoTime();
        if (once != null) {
            String failure = once;
            once = null;
            failedAtNanos = now;
            calledAgainAtNanos = 0;
            RawServer.say(connection, failure);
            return;
        }
        if (calledAgainAtNanos == 0) {
            calledAgainAtNanos = now;
        }
        RawServer.say(connection, RawServer.OK);
    }

    private Duration gapAfter(String failure, boolean isForBoth) {
        begin(failure);
        fleet.topic.produceTo(0, "k", "v");
        fleet.topic.flush();
        if (isForBoth) {
            // The other instance has a record waiting as well, once it knows of the break.
            fleet.awaitState(EffectiveState.OPEN);
            fleet.topic.produceTo(1, "k", "v");
            fleet.topic.flush();
        }
        return gap();
    }

    private void begin(String answer) {
        fleet.awaitState(EffectiveState.CLOSED);
        synchronized (this) {
            once = answer;
            calledAgainAtNanos = 0;
        }
    }

    private Duration gap() {
        await().atMost(DrainerFleet.SOON).until(this::hasCalledAgain);
        fleet.topic.awaitDrained(DrainerFleet.SOON);
        synchronized (this) {
            return Duration.ofNanos(calledAgainAtNanos - failedAtNanos);
        }
    }

    private synchronized boolean hasCalledAgain() {
        return once == null && calledAgainAtNanos != 0;
    }

    private static String answer(int status, String... headers) {
        return "HTTP/1.1 " + status + " X\r\n" + String.join("", headers) + "Content-Length: 0\r\n\r\n";
    }

    private static String retryAfter(String value) {
        return "Retry-After: " + value + "\r\n";
    }

    @ParameterizedTest
    @CsvSource({"503", "429", "500"})
    void seconds_are_waited_for_on_every_failing_status(int status) {
        assertWaits(answer(status, retryAfter(Long.toString(ASKED.toSeconds()))), ASKED);
    }

    @Test
    void spaces_around_and_a_second_header_change_nothing() {
        assertWaits(answer(503, retryAfter("  " + ASKED.toSeconds() + " "), retryAfter("20")), ASKED);
    }

    @Test
    void more_than_the_longest_break_is_the_longest_break() {
        assertWaits(answer(503, retryAfter("99999999999999999999")), MOST);
    }

    @ParameterizedTest
    @CsvSource({"RFC_1123, 0", "RFC_1123, 600", "RFC_850, -600", "ASCTIME, 0"})
    void a_date_in_each_form_counts_from_the_answers_own_whatever_the_clocks_say(String form, long skewSeconds) {
        DateTimeFormatter formatter = Map.of("RFC_1123", RFC_1123, "RFC_850", RFC_850, "ASCTIME", ASCTIME)
                .get(form);
        ZonedDateTime date = ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(skewSeconds);
        String value = formatter.format(date.plus(ASKED));
        assertWaits(answer(503, "Date: " + RFC_1123.format(date) + "\r\n", retryAfter(value)), ASKED);
    }

    private void assertWaits(String answer, Duration wait) {
        assertThat(gapAfter(answer, true))
                .isBetween(wait.minusMillis(20), wait.plus(SLACK).plus(wait.dividedBy(10)));
    }

    @Test
    void nonsense_zero_and_the_past_leave_the_plain_break() {
        for (String value :
                List.of("0", "-1", "1.5", "+7", "abc", "", "Sun, 06 Nov 1994 08:49:37 GMT", "1".repeat(500))) {
            assertThat(gapAfter(answer(503, retryAfter(value)), false))
                    .as(value)
                    .isBetween(BREAK.minusMillis(20), BREAK.plus(SLACK).plus(BREAK.dividedBy(10)));
        }
    }

    @Test
    void on_a_success_it_means_nothing() {
        begin(answer(200, retryAfter("30")));
        fleet.topic.produceTo(0, "k", "first");
        fleet.topic.produceTo(0, "k", "second");
        fleet.topic.flush();

        assertThat(gap()).isLessThan(SLACK);
    }
}
