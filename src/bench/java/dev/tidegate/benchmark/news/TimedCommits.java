package dev.tidegate.benchmark.news;

import dev.tidegate.store.CommitException;
import dev.tidegate.store.Transactions;
import java.sql.SQLException;

/** Other transactions, and when the last commit was asked for and answered. Used by one thread. */
final class TimedCommits implements Transactions {
    private final Transactions transactions;
    private long askedNanos;
    private long answeredNanos;

    TimedCommits(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public <T> T within(Work<T> work) throws SQLException, CommitException {
        T result = transactions.within(entities -> {
            T done = work.with(entities);
            askedNanos = System.nanoTime();
            return done;
        });
        answeredNanos = System.nanoTime();
        return result;
    }

    long askedNanos() {
        return askedNanos;
    }

    long answeredNanos() {
        return answeredNanos;
    }
}
