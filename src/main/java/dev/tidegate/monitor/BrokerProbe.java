package dev.tidegate.monitor;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.jspecify.annotations.Nullable;

/** Asks the broker for its nodes each time it is told to, and remembers whether it answered. Thread-safe. */
public final class BrokerProbe implements BrokerWatch, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(BrokerProbe.class.getName());

    private final Supplier<Admin> admins;
    private final DescribeClusterOptions options;
    private final boolean isNeeded;
    private final Executor worker;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile boolean reachable;
    private volatile boolean told;
    private volatile @Nullable Admin admin;
    private volatile boolean closed;

    /**
     * @param isNeeded if not, nothing is ever asked
     * @param admins makes the client, at the first check and again while that fails
     * @param timeout after which a question counts as unanswered
     * @param worker where the client is made: that looks names up and may take as long as a name server likes
     */
    public BrokerProbe(boolean isNeeded, Supplier<Admin> admins, Duration timeout, Executor worker) {
        this.isNeeded = isNeeded;
        this.admins = admins;
        this.options = new DescribeClusterOptions().timeoutMs(Math.toIntExact(timeout.toMillis()));
        this.worker = worker;
    }

    @Override
    public boolean isReachable() {
        return reachable || !isNeeded;
    }

    @Override
    public boolean isNeeded() {
        return isNeeded;
    }

    /** Asks, unless the question before is still open. Waits for nothing and throws nothing. */
    public void check() {
        if (!isNeeded || !asking.compareAndSet(false, true)) {
            return;
        }
        Admin made = admin;
        if (made != null) {
            contained(() -> ask(made));
            return;
        }
        contained(() -> worker.execute(() -> contained(this::makeAndAsk)));
    }

    // What throws would leave the question open for ever.
    private void contained(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.DEBUG, "the Kafka broker cannot be asked yet", e);
            answered(false);
            asking.set(false);
        }
    }

    private void makeAndAsk() {
        Admin made = admins.get();
        synchronized (this) {
            if (closed) {
                made.close(Duration.ZERO);
                return;
            }
            admin = made;
        }
        ask(made);
    }

    private void ask(Admin client) {
        var unused = client.describeCluster(options).nodes().whenComplete((nodes, error) -> {
            answered(error == null && !nodes.isEmpty());
            asking.set(false);
        });
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (admin != null) {
            admin.close(Duration.ofSeconds(1));
        }
    }

    private void answered(boolean isReachable) {
        // The client's own end is no news of the broker.
        if (closed) {
            return;
        }
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
}
