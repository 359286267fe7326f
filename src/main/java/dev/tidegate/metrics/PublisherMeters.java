package dev.tidegate.metrics;

import dev.tidegate.publish.Publisher;
import dev.tidegate.publish.PublisherStatus;
import org.eclipse.microprofile.metrics.Tag;

/** One publisher's meters. */
final class PublisherMeters {
    private final Publisher publisher;
    private final Total acknowledged;
    private final Total failed;
    private final Total refused;

    PublisherMeters(Publisher publisher, Registered registered) {
        this.publisher = publisher;
        Tag name = new Tag("publisher", publisher.name());
        acknowledged = registered.total(Meter.PUBLISHER_RECORDS, name, new Tag("outcome", "acknowledged"));
        failed = registered.total(Meter.PUBLISHER_RECORDS, name, new Tag("outcome", "failed"));
        refused = registered.total(Meter.PUBLISHER_RECORDS, name, new Tag("outcome", "refused"));
        registered.gauge(Meter.PUBLISHER_IN_FLIGHT, () -> publisher.status().inFlight(), name);
    }

    void follow() {
        PublisherStatus status = publisher.status();
        acknowledged.follow(status.acknowledged());
        failed.follow(status.failed());
        refused.follow(status.refused());
    }
}
