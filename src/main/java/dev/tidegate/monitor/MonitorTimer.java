package dev.tidegate.monitor;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** The container's timer behind {@link Monitor}. Not persistent: each instance watches over itself. */
@Singleton
@Startup
@Lock(LockType.READ)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class MonitorTimer {
    // A session bean is made by the container with no arguments, so what it needs is handed in afterwards.
    private @Nullable Monitor monitor;

    @Resource
    @Nullable
    TimerService timers;

    @Inject
    void use(Monitor given) {
        monitor = given;
    }

    @PostConstruct
    void begin() {
        if (timers == null || monitor == null) {
            throw new IllegalStateException("a bug: the container handed in no timer service or no monitor");
        }
        long everyMillis = monitor.interval().toMillis();
        timers.createIntervalTimer(0, everyMillis, new TimerConfig("tidegate-monitor", false));
    }

    @Timeout
    void tick() {
        if (monitor != null) {
            monitor.tick();
        }
    }
}
