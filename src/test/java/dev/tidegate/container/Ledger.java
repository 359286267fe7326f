package dev.tidegate.container;

import dev.tidegate.guard.Guarded;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** The application's own data, and guarded calls inside its transactions. */
@ApplicationScoped
public class Ledger {
    @Resource(lookup = "jdbc/business")
    DataSource business;

    @Inject
    GuardedBank guarded;

    /** The dependency as the ledger calls it. */
    @ApplicationScoped
    public static class GuardedBank {
        @Inject
        Bank bank;

        @Guarded("transactional")
        public String charge() throws BankIsDownException {
            return bank.charge();
        }
    }

    void create() throws SQLException {
        execute("create table if not exists entries (id int)");
        execute("delete from entries");
    }

    @Transactional(rollbackOn = BankIsDownException.class)
    public void enterAndCharge() throws SQLException, BankIsDownException {
        execute("insert into entries values (1)");
        guarded.charge();
    }

    /** Goes on after what the bank says, and commits. */
    @Transactional
    public void enterWhateverTheBankSays(int calls) throws SQLException {
        execute("insert into entries values (1)");
        for (int i = 0; i < calls; i++) {
            try {
                guarded.charge();
            } catch (BankIsDownException e) {
                execute("insert into entries values (2)");
            }
        }
    }

    String charge() throws BankIsDownException {
        return guarded.charge();
    }

    int entries() throws SQLException {
        try (Connection connection = business.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from entries")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = business.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
