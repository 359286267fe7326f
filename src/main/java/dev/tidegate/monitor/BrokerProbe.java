package dev.tidegate.monitor;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** Asks the broker for its nodes each time it is told to, and remembers whether it answered. Thread-safe. */
public final class BrokerProbe implements BrokerWatch, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(BrokerProbe.class.getName());

    private final Supplier<Admin> admins;
    private final DescribeClusterOptions options;
    private final boolean isNeeded;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile boolean reachable;
    private volatile boolean told;
    private @Nullable Admin admin;

    /**
     * @param isNeeded if not, nothing is ever asked
     * @param admins makes the client, at the first check and again while that fails
     * @param timeout after which a question counts as unanswered
     */
    public BrokerProbe(boolean isNeeded, Supplier<Admin> admins, Duration timeout) {
        this.isNeeded = isNeeded;
        this.admins = admins;
        this.options = new DescribeClusterOptions().timeoutMs(Math.toIntExact(timeout.toMillis()));
    }

    @Override
    public boolean isReachable() {
        return reachable || !isNeeded;
    }

    @Override
    public boolean isNeeded() {
        return isNeeded;
    }

    /** Asks, unless the question before is still open. Waits for no answer and never throws a Kafka exception. */
    public void check() {
        if (!isNeeded || !asking.compareAndSet(false, true)) {
            return;
        }
        try {
            var unused = client().describeCluster(options).nodes().whenComplete((nodes, error) -> {
                answered(error == null && !nodes.isEmpty());
                asking.set(false);
            });
        } catch (KafkaException e) {
            // The client looks the addresses up when it is made: a name that does not resolve yet may later.
            LOG.log(System.Logger.Level.DEBUG, "no Kafka admin client yet: {0}", e.getMessage());
            answered(false);
            asking.set(false);
        }
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ofSeconds(1));
        }
    }

    private void answered(boolean isReachable) {
        if (!told || reachable != isReachable) {
            LOG.log(
                    isReachable ? System.Logger.Level.INFO : System.Logger.Level.WARNING,
                    isReachable
                            ? "TIDEGATE3003 the Kafka broker answers"
                            : "TIDEGATE3002 the Kafka broker does not answer: nothing is drained or published until it"
                                    + " does, and this instance is not ready. It is asked again by itself; its address"
                                    + " is bootstrap.servers");
        }
        reachable = isReachable;
        told = true;
    }

    private synchronized Admin client() {
        if (admin == null) {
            admin = admins.get();
        }
        return admin;
    }
}
