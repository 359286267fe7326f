package dev.tidegate.container;

import dev.tidegate.guard.Guarded;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;

/** The EJB that a container makes only once. */
@Singleton
public class SingletonPayments {
    @Inject
    Bank bank;

    @Guarded("singleton")
    public String charge() throws BankIsDownException {
        return bank.charge();
    }
}
