package dev.tidegate.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.sql.SQLException;

/** Transactions of a Jakarta EE server, on any of its managed threads. Thread-safe, as both its parts are. */
public final class JtaTransactions implements Transactions {
    private static final System.Logger LOG = System.getLogger(JtaTransactions.class.getName());

    private final UserTransaction transaction;
    private final EntityManagerFactory factory;

    /**
     * Transactions over one persistence unit.
     *
     * @param transaction the server's; it acts on the calling thread's transaction
     * @param factory of a unit with a JTA data source
     */
    public JtaTransactions(UserTransaction transaction, EntityManagerFactory factory) {
        this.transaction = transaction;
        this.factory = factory;
    }

    @Override
    public <T> T within(Work<T> work) throws SQLException, CommitException {
        begin();
        // Made after the begin, so that it joins; of its own per transaction, so that nothing stale is ever read from
        // it.
        try (EntityManager entities = factory.createEntityManager()) {
            T result = work.with(entities);
            commit();
            return result;
        } finally {
            rollbackWhatIsLeft();
        }
    }

    private void begin() {
        try {
            transaction.begin();
        } catch (NotSupportedException | SystemException refused) {
            throw new PersistenceException("No transaction could be begun on this thread", refused);
        }
    }

    private void commit() throws CommitException {
        try {
            transaction.commit();
        } catch (RollbackException
                | HeuristicMixedException
                | HeuristicRollbackException
                | SystemException
                | RuntimeException unanswered) {
            throw new CommitException(unanswered);
        }
    }

    private void rollbackWhatIsLeft() {
        try {
            if (transaction.getStatus() != Status.STATUS_NO_TRANSACTION) {
                transaction.rollback();
            }
        } catch (SystemException | RuntimeException broken) {
            // The commit was never sent: the database rolls back when it misses the connection.
            LOG.log(System.Logger.Level.DEBUG, "A rollback was not confirmed", broken);
        }
    }
}
