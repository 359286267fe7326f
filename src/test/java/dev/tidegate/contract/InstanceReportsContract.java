package dev.tidegate.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidegate.core.StoreException;
import dev.tidegate.store.InstanceReport;
import dev.tidegate.store.InstanceReports;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link InstanceReports} must pass. */
public abstract class InstanceReportsContract {
    private static final Duration HOUR = Duration.ofHours(1);

    private final String mine = "mine-" + UUID.randomUUID();
    private final String other = "other-" + UUID.randomUUID();

    /** One more instance's way to the same reports. */
    protected abstract InstanceReports reports();

    @Test
    void a_report_is_seen_by_every_instance_whole_and_with_its_time() throws StoreException {
        String json = "{\"drainers\":[" + "\"péché 🌊\",".repeat(50_000) + "0]}";

        reports().write(mine, json, HOUR);

        assertThat(seen(mine)).singleElement().satisfies(report -> {
            assertThat(report.json()).isEqualTo(json);
            assertThat(report.at()).isNotNull();
        });
    }

    @Test
    void a_newer_report_takes_the_place_of_the_older() throws StoreException {
        reports().write(mine, "{\"n\":1}", HOUR);
        InstanceReport first = seen(mine).get(0);
        reports().write(mine, "{\"n\":2}", HOUR);

        InstanceReport second = seen(mine).get(0);

        assertThat(seen(mine)).hasSize(1);
        assertThat(second.json()).isEqualTo("{\"n\":2}");
        assertThat(second.at()).isAfterOrEqualTo(first.at());
    }

    @Test
    void a_report_that_expired_is_shown_no_more_until_it_is_written_again() throws StoreException {
        reports().write(mine, "{}", Duration.ofMillis(1));
        reports().write(other, "{}", HOUR);

        await().atMost(Duration.ofSeconds(5)).until(() -> seen(mine).isEmpty());

        assertThat(seen(other)).hasSize(1);
        reports().write(mine, "{}", HOUR);
        assertThat(seen(mine)).hasSize(1);
    }

    @Test
    void a_report_taken_away_is_gone_and_the_others_stay() throws StoreException {
        reports().write(mine, "{}", HOUR);
        reports().write(other, "{}", HOUR);

        reports().remove(mine);
        reports().remove(mine);

        assertThat(seen(mine)).isEmpty();
        assertThat(seen(other)).hasSize(1);
    }

    @Test
    void writers_of_one_name_do_not_fail_each_other() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> writes = new ArrayList<>();
            for (int number = 0; number < 40; number++) {
                writes.add(threads.submit(() -> {
                    reports().write(mine, "{}", HOUR);
                    return null;
                }));
            }
            for (Future<?> write : writes) {
                write.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(seen(mine)).hasSize(1);
    }

    private List<InstanceReport> seen(String instance) throws StoreException {
        return reports().read().stream()
                .filter(report -> report.instance().equals(instance))
                .toList();
    }
}
