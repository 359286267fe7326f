package dev.tidegate.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tidegate.core.EffectiveState;
import dev.tidegate.guard.Circuit;
import dev.tidegate.guard.CircuitOpenException;
import dev.tidegate.guard.Circuits;
import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.transaction.UserTransaction;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** The circuit's writes and the caller's transaction know nothing of each other. One story, told in order, in the server. */
@ExtendWith(ArquillianExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GuardedInTransactionIT {
    private static final int THRESHOLD = 3;
    private static final Duration LONG = Duration.ofSeconds(60);

    @Inject
    Bank bank;

    @Inject
    Circuits circuits;

    @Inject
    Ledger ledger;

    @Inject
    UserTransaction transaction;

    @Resource(lookup = "jdbc/tidegate-read")
    DataSource store;

    @Deployment
    static WebArchive application() {
        return EmbeddingApplication.with(
                """
                tidegate.circuit.defaults.failure-threshold=3
                tidegate.circuit.defaults.break-duration=PT0.5S
                tidegate.circuit.defaults.break-multiplier=1
                """, Bank.class, BankIsDownException.class, Ledger.class, Ledger.GuardedBank.class);
    }

    private Circuit circuit() {
        return circuits.circuit("transactional");
    }

    @Test
    @Order(1)
    void a_failed_call_rolls_its_callers_work_back_and_not_the_trip() throws Exception {
        ledger.create();
        bank.isDown(true);
        for (int i = 0; i < THRESHOLD; i++) {
            assertThatThrownBy(ledger::enterAndCharge).isInstanceOf(BankIsDownException.class);
        }

        await().atMost(LONG).until(() -> stored().equals("OPEN"));
        assertThat(ledger.entries()).isZero();
    }

    @Test
    @Order(2)
    void a_refused_call_rolls_its_callers_work_back() throws Exception {
        await().atMost(LONG)
                .untilAsserted(
                        () -> assertThatThrownBy(ledger::enterAndCharge).isInstanceOf(CircuitOpenException.class));

        assertThat(ledger.entries()).isZero();
    }

    @Test
    @Order(3)
    void a_claim_and_a_close_inside_a_transaction_outlive_its_rollback() throws Exception {
        bank.isDown(false);
        transaction.begin();
        ledger.enterWhateverTheBankSays(0);
        await().pollInSameThread().atMost(LONG).until(this::closes);
        transaction.rollback();

        await().atMost(LONG).until(() -> stored().equals("CLOSED"));
        assertThat(ledger.entries()).isZero();
    }

    private boolean closes() throws Exception {
        try {
            ledger.charge();
        } catch (CircuitOpenException notYet) {
            return false;
        }
        return circuit().state() == EffectiveState.CLOSED;
    }

    @Test
    @Order(4)
    void a_trip_inside_a_transaction_commits_nothing_of_it_and_lets_it_commit() throws Exception {
        bank.isDown(true);
        transaction.begin();
        ledger.enterWhateverTheBankSays(THRESHOLD);
        await().atMost(LONG)
                .until(() -> circuit().state() == EffectiveState.OPEN
                        && !circuit().snapshot().pending());
        transaction.rollback();
        assertThat(ledger.entries()).isZero();

        ledger.enterWhateverTheBankSays(0);

        assertThat(ledger.entries()).isEqualTo(1);
    }

    private String stored() throws SQLException {
        try (Connection connection = store.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select state from tidegate_circuit where name = 'transactional'")) {
            return rows.next() ? rows.getString(1) : "none";
        }
    }
}
