package dev.tidegate.container;

import dev.tidegate.guard.CircuitOpenException;
import dev.tidegate.guard.Guarded;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicInteger;

/** A timer that calls the guarded bean at each tick; its own callback is not guarded. */
@Singleton
public class PaymentTimer {
    private static final long EVERY_MILLIS = 100;
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();

    @Resource
    TimerService timers;

    @Inject
    Payments payments;

    /** What the ticks call. */
    @jakarta.enterprise.context.ApplicationScoped
    public static class Payments {
        @Inject
        Bank bank;

        @Guarded("timer")
        public String charge() throws BankIsDownException {
            return bank.charge();
        }
    }

    public void start() {
        timers.createIntervalTimer(EVERY_MILLIS, EVERY_MILLIS, new TimerConfig("payments", false));
    }

    public void stop() {
        timers.getTimers().forEach(jakarta.ejb.Timer::cancel);
    }

    @Timeout
    void tick() {
        try {
            payments.charge();
        } catch (CircuitOpenException e) {
            refused.incrementAndGet();
        } catch (BankIsDownException e) {
            failed.incrementAndGet();
        }
    }

    public int refused() {
        return refused.get();
    }

    public int failed() {
        return failed.get();
    }
}
