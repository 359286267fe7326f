package dev.tidegate.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/**
 * A data source that at random loses a connection before it is given, the request of a commit, or the answer to a commit
 * that landed. Thread-safe.
 */
final class FaultyDataSource {
    private final Random random;
    private final double probability;
    private final AtomicInteger lostAnswers = new AtomicInteger();
    private final AtomicInteger faults = new AtomicInteger();
    private volatile boolean isOn;

    FaultyDataSource(long seed, double probability) {
        this.random = new Random(seed);
        this.probability = probability;
    }

    void turn(boolean on) {
        isOn = on;
    }

    int faults() {
        return faults.get();
    }

    int lostAnswers() {
        return lostAnswers.get();
    }

    DataSource over(DataSource sound) {
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            boolean isConnecting = method.getName().equals("getConnection");
            if (isConnecting && isDue()) {
                throw new SQLException("a connection that is never made", "08001");
            }
            Object result = invoke(sound, method, arguments);
            return isConnecting ? faulty((Connection) result) : result;
        });
    }

    private Connection faulty(Connection sound) {
        return proxy(Connection.class, (proxy, method, arguments) -> {
            if (!method.getName().equals("commit")) {
                return invoke(sound, method, arguments);
            }
            if (isDue()) {
                // What a server does when it misses its client.
                sound.rollback();
                throw new SQLException("a commit that never arrived", "08006");
            }
            Object result = invoke(sound, method, arguments);
            if (isDue()) {
                lostAnswers.incrementAndGet();
                throw new SQLException("a commit whose answer was lost", "08006");
            }
            return result;
        });
    }

    private boolean isDue() {
        boolean due = isOn && random.nextDouble() < probability;
        if (due) {
            faults.incrementAndGet();
        }
        return due;
    }

    private static Object invoke(Object target, java.lang.reflect.Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
