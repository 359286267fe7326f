package dev.tidegate.store;

import dev.tidegate.core.StoreException;
import dev.tidegate.core.WriteResult;
import jakarta.persistence.OptimisticLockException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What an error of the database means to the protocol. */
final class StoreErrors {
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String READ_ONLY = "25006";

    private StoreErrors() {}

    /**
     * The answer to a write whose commit was never sent, so that nothing of it can be in the database: a conflict where
     * the same may be tried again at once, else unknown, which is always safe.
     */
    static WriteResult beforeCommit(Exception error) {
        if (hasCause(error, OptimisticLockException.class)) {
            return new WriteResult.Conflict("the row moved between read and write");
        }
        String state = sqlState(error);
        String why = state == null ? null : whyAgain(state);
        return why == null ? new WriteResult.Unknown(error) : new WriteResult.Conflict(why);
    }

    private static @Nullable String whyAgain(String sqlState) {
        return switch (sqlState) {
            case UNIQUE_VIOLATION -> "another writer's history entry came first";
            case "40001" -> "the database chose this transaction as a victim (serialization)";
            case "40P01" -> "the database chose this transaction as a victim (deadlock)";
            case "55P03", "HYT00" -> "the row was locked by another writer for longer than allowed";
            // H2: the row was changed under this transaction.
            case "90131" -> "the row moved between read and write";
            default -> null;
        };
    }

    static boolean isUniqueViolation(Exception error) {
        return UNIQUE_VIOLATION.equals(sqlState(error));
    }

    /** Whether the connection leads to a database that takes no writes, such as a former primary: a new one may not. */
    static boolean isReadOnly(Exception error) {
        return READ_ONLY.equals(sqlState(error));
    }

    /** For people: what was tried, and the database's own words. */
    static StoreException unanswered(String what, Exception error) {
        return new StoreException(what + " failed: " + innermost(error), error);
    }

    /** The same for a write of one statement that nothing depends on. */
    static StoreException unwritten(String what, Exception error) {
        String state = sqlState(error);
        // The database's own word that it did not; without one, or where the connection broke, it may have.
        boolean isRefused = state != null && !state.startsWith("08");
        return isRefused ? unasked(what, error) : unanswered(what, error);
    }

    /** The same for a write that was not done, for certain. */
    static NothingDoneException unasked(String what, Exception error) {
        return new NothingDoneException(what + " failed: " + innermost(error), error);
    }

    private static String innermost(Throwable error) {
        Throwable last = error;
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            last = cause;
            if (cause instanceof SQLException) {
                break;
            }
        }
        String message = last.getMessage();
        return message == null ? last.getClass().getSimpleName() : message;
    }

    private static @Nullable String sqlState(Throwable error) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return null;
    }

    private static boolean hasCause(Throwable error, Class<? extends Throwable> type) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
