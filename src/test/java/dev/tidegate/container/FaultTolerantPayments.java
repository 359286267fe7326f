package dev.tidegate.container;

import dev.tidegate.guard.CircuitOpenException;
import dev.tidegate.guard.Guarded;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.eclipse.microprofile.faulttolerance.Asynchronous;
import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;

/** Guarded methods that MicroProfile Fault Tolerance wraps. */
@ApplicationScoped
public class FaultTolerantPayments {
    static final int TRIES = 3;
    static final long LIMIT_MILLIS = 200;
    private final CountDownLatch never = new CountDownLatch(1);

    @Inject
    Bank bank;

    @Retry(maxRetries = TRIES - 1, delay = 0, jitter = 0)
    @Guarded("retried")
    public String chargeRetried() throws BankIsDownException {
        return bank.charge();
    }

    @Retry(maxRetries = 100, delay = 0, jitter = 0, abortOn = CircuitOpenException.class)
    @Guarded("aborted")
    public String chargeUntilRefused() throws BankIsDownException {
        return bank.charge();
    }

    @Timeout(LIMIT_MILLIS)
    @Guarded("timed-out")
    public String chargeTooSlowly() throws InterruptedException {
        never.await();
        return "never";
    }

    @Fallback(fallbackMethod = "later")
    @Guarded("fallen-back")
    public String chargeOrLater() throws BankIsDownException {
        return bank.charge();
    }

    @Retry(maxRetries = TRIES - 1, delay = 0, jitter = 0)
    @Timeout(LIMIT_MILLIS)
    @Fallback(fallbackMethod = "later")
    @Guarded("all-three")
    public String chargeByAllMeans() throws BankIsDownException {
        return bank.charge();
    }

    public String later() {
        return "later";
    }

    @Asynchronous
    @Retry(maxRetries = TRIES - 1, delay = 0, jitter = 0)
    @Guarded("asynchronous")
    public CompletionStage<String> chargeAsynchronously() {
        try {
            return CompletableFuture.completedFuture(bank.charge());
        } catch (BankIsDownException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
