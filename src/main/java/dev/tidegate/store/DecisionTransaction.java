package dev.tidegate.store;

import dev.tidegate.core.CircuitRecord;
import dev.tidegate.core.Decision;
import dev.tidegate.core.Edges;
import dev.tidegate.core.HistoryEntry;
import dev.tidegate.core.Ruling;
import dev.tidegate.core.WriteResult;
import java.sql.SQLException;
import java.time.Instant;

/** One decision in one transaction: read the row with the store's now, ask the protocol, write row, history and news. */
final class DecisionTransaction {
    private final StoreSession session;
    private final Decision decision;

    DecisionTransaction(StoreSession session, Decision decision) {
        this.session = session;
        this.decision = decision;
    }

    /** What is true if the commit that follows succeeds. */
    WriteResult carryOut() throws SQLException {
        StoreSession.TimedRow read =
                session.row(decision.circuit()).orElseThrow(() -> MissingCircuit.error(decision.circuit()));
        CircuitRecord row = read.row().record();
        Ruling ruling = Edges.rule(row, decision, read.now());
        if (ruling instanceof Ruling.Write exact) {
            return write(read.row(), Storable.write(exact), read.now());
        }
        return new WriteResult.Lost(row, read.now(), ((Ruling.Lost) ruling).why());
    }

    private WriteResult write(CircuitRow row, Ruling.Write ruled, Instant now) throws SQLException {
        row.become(ruled.row());
        session.flushRow();
        if (row.version() != ruled.row().version()) {
            throw new IllegalStateException(
                    "a bug: circuit " + decision.circuit() + " was written at version " + row.version()
                            + ", the protocol ruled version " + ruled.row().version());
        }
        HistoryEntry entry = ruled.entry();
        if (entry != null) {
            session.insert(HistoryRow.of(entry));
        }
        if (News.isWorthTelling(decision)) {
            session.announce(decision.circuit());
        }
        return new WriteResult.Committed(ruled.row(), now);
    }
}
