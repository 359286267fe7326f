package dev.tidegate.store;

import jakarta.persistence.EntityManager;
import java.sql.SQLException;

/**
 * Runs a piece of work in one database transaction of its own: JTA on a server, the entity manager's own in plain Java. The
 * calling thread must not be in a transaction already. Thread-safe.
 */
public interface Transactions {
    /**
     * Begins, runs the work, commits.
     *
     * @throws CommitException when the commit was asked for and was not answered with success: it may have landed
     * @throws SQLException what the work threw, after the rollback; so are its runtime exceptions
     */
    <T> T within(Work<T> work) throws SQLException, CommitException;

    /** What is done inside the transaction. It flushes what it changed: a conflict must show before the commit. */
    @FunctionalInterface
    interface Work<T> {
        T with(EntityManager entities) throws SQLException;
    }
}
