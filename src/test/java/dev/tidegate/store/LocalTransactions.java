package dev.tidegate.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;
import java.sql.SQLException;

/** Transactions of plain Java, by the entity manager itself. */
final class LocalTransactions implements Transactions {
    private final EntityManagerFactory factory;

    LocalTransactions(EntityManagerFactory factory) {
        this.factory = factory;
    }

    @Override
    public <T> T within(Work<T> work) throws SQLException, CommitException {
        try (EntityManager entities = factory.createEntityManager()) {
            EntityTransaction transaction = entities.getTransaction();
            transaction.begin();
            T result = worked(entities, transaction, work);
            try {
                transaction.commit();
            } catch (RuntimeException unanswered) {
                throw new CommitException(unanswered);
            }
            return result;
        }
    }

    private static <T> T worked(EntityManager entities, EntityTransaction transaction, Work<T> work)
            throws SQLException {
        try {
            return work.with(entities);
        } catch (SQLException | RuntimeException error) {
            try {
                transaction.rollback();
            } catch (RuntimeException broken) {
                error.addSuppressed(broken);
            }
            throw error;
        }
    }
}
