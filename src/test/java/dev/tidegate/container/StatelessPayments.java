package dev.tidegate.container;

import dev.tidegate.guard.Guarded;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;

/** An EJB whose methods are all guarded. */
@Stateless
@Guarded("stateless")
public class StatelessPayments {
    @Inject
    Bank bank;

    public String charge() throws BankIsDownException {
        return bank.charge();
    }
}
