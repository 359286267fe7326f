package dev.tidegate.wiring;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceUnit;
import jakarta.transaction.UserTransaction;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What the server provides, looked up by the names of server.xml. The only class with fields that are injected: the
 * container hands resources in by no other way.
 *
 * <p>No data source is shareable: a shared connection goes back to its pool not when it is closed, but when the server deems
 * the thread's work over, which for a thread that lives as long as the instance is never.
 */
@Dependent
public class ServerResources {
    @PersistenceUnit(unitName = "tidegate")
    @Nullable
    EntityManagerFactory entities;

    @Resource
    @Nullable
    UserTransaction transaction;

    @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
    @Nullable
    ManagedThreadFactory threads;

    @Resource(lookup = "jdbc/tidegate", shareable = false)
    @Nullable
    DataSource protocol;

    @Resource(lookup = "jdbc/tidegate-read", shareable = false)
    @Nullable
    DataSource reading;

    @Resource(lookup = "jdbc/tidegate-listen", shareable = false)
    @Nullable
    DataSource listening;

    /** All of them, once. */
    @Produces
    @Singleton
    Provided provided() {
        return new Provided(
                Objects.requireNonNull(entities, "the persistence unit tidegate"),
                Objects.requireNonNull(transaction, "the server's UserTransaction"),
                Objects.requireNonNull(threads, "java:comp/DefaultManagedThreadFactory"),
                Objects.requireNonNull(protocol, "data source jdbc/tidegate"),
                Objects.requireNonNull(reading, "data source jdbc/tidegate-read"),
                Objects.requireNonNull(listening, "data source jdbc/tidegate-listen"));
    }

    /**
     * What the server provides.
     *
     * @param protocol for circuits only
     * @param reading for reports, API and console
     * @param listening for the listener, whose connections go to nobody else
     */
    record Provided(
            EntityManagerFactory entities,
            UserTransaction transaction,
            ManagedThreadFactory threads,
            DataSource protocol,
            DataSource reading,
            DataSource listening) {}
}
