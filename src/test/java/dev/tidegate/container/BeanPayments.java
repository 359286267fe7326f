package dev.tidegate.container;

import dev.tidegate.guard.Guarded;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** A CDI bean. */
@ApplicationScoped
public class BeanPayments {
    @Inject
    Bank bank;

    @Resource
    ManagedExecutorService executor;

    @Guarded("bean")
    public String charge() throws BankIsDownException {
        return bank.charge();
    }

    /** Answers on a managed thread; fails there, not at the return. */
    @Guarded("bean-later")
    public CompletionStage<String> chargeLater(CompletableFuture<?> when) {
        return when.thenApplyAsync(
                at -> {
                    try {
                        return bank.charge();
                    } catch (BankIsDownException e) {
                        throw new CompletionException(e);
                    }
                },
                executor);
    }
}
