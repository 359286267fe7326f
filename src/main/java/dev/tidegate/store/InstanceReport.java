package dev.tidegate.store;

import java.time.Instant;

/** One instance's report; {@code at} is the store's time of its writing. */
public record InstanceReport(String instance, String json, Instant at) {}
