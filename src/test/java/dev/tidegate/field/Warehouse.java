package dev.tidegate.field;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/** An application's own bean that must be there before anything is handled, and whose database comes late. */
@Singleton
@Startup
@Lock(LockType.READ)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Warehouse {
    static final String FILLING = "the warehouse is being filled";
    static final String BURNT = "the warehouse burnt down";

    private static volatile boolean isOpen;

    @Resource(lookup = "jdbc/warehouse")
    DataSource goods;

    @PostConstruct
    void fill() {
        System.out.println(FILLING);
        if (Boolean.getBoolean("warehouse.burnt")) {
            throw new IllegalStateException(BURNT);
        }
        while (!areGoodsThere()) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        isOpen = true;
    }

    private boolean areGoodsThere() {
        try (Connection connection = goods.getConnection()) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    /** Asks nobody, since a call of this bean would wait for it. */
    static boolean isOpen() {
        return isOpen;
    }

    public byte[] pack(byte[] order) {
        return order;
    }
}
