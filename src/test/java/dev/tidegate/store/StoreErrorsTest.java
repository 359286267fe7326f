package dev.tidegate.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.core.WriteResult;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreErrorsTest {
    @ParameterizedTest
    @ValueSource(strings = {"40P01", "40001", "55P03", "HYT00", "90131", "23505"})
    void where_the_database_refused_for_sure_the_same_may_be_tried_again(String state) {
        assertThat(StoreErrors.beforeCommit(wrapped(state))).isInstanceOf(WriteResult.Conflict.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "08001", "57P01", "57014", "25006", "53300", "XX000"})
    void every_other_error_is_unknown(String state) {
        assertThat(StoreErrors.beforeCommit(wrapped(state))).isInstanceOf(WriteResult.Unknown.class);
    }

    @Test
    void a_lost_optimistic_lock_is_a_conflict_however_it_is_wrapped() {
        Exception wrapped = new PersistenceException(new RuntimeException(new OptimisticLockException("stale")));

        assertThat(StoreErrors.beforeCommit(wrapped)).isInstanceOf(WriteResult.Conflict.class);
    }

    @Test
    void people_are_told_the_databases_own_words() {
        Exception wrapped = new PersistenceException("long and useless", new SQLException("disk full", "53100"));

        assertThat(StoreErrors.unanswered("Reading the circuits", wrapped))
                .hasMessage("Reading the circuits failed: disk full")
                .hasCause(wrapped);
    }

    private static Exception wrapped(String state) {
        return new PersistenceException(new RuntimeException(new SQLException("refused", state)));
    }
}
