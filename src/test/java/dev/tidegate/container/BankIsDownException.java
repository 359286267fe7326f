package dev.tidegate.container;

/** What a dependency's client throws. */
public class BankIsDownException extends Exception {
    private static final long serialVersionUID = 1L;

    BankIsDownException() {
        super("no route to the bank");
    }
}
