package dev.tidegate.drain.http;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One downstream's settings, already validated.
 *
 * @param path with {@code {drainer}} and {@code {topic}}
 * @param timeout until the answer is complete, body included
 * @param headers credentials and the like, never logged
 * @param rejectedStatuses statuses that mean a bad record
 */
public record DownstreamSettings(
        String name,
        URI baseUrl,
        String path,
        String contentType,
        Duration timeout,
        @Nullable String healthPath,
        Duration healthInterval,
        String client,
        Map<String, String> headers,
        Set<Integer> rejectedStatuses,
        Set<Integer> busyStatuses,
        Set<Integer> failedStatuses) {
    public DownstreamSettings {
        headers = Map.copyOf(headers);
        rejectedStatuses = Set.copyOf(rejectedStatuses);
        busyStatuses = Set.copyOf(busyStatuses);
        failedStatuses = Set.copyOf(failedStatuses);
    }
}
