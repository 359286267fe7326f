package dev.tidegate.it;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two real servers under steady traffic while an instance, the database or the broker is killed, frozen, restarted, slow or
 * silent. After each fault the same verdict, by what was seen from outside alone.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChaosIT implements InstanceFalls, StoreFalls, BrokerFalls, EverythingFalls {
    private ChaosFleet fleet;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        fleet = ChaosFleet.start(directory);
    }

    @AfterEach
    void mend() throws Exception {
        fleet.mend();
    }

    @AfterAll
    void end() {
        fleet.close();
    }

    @Override
    public ChaosFleet fleet() {
        return fleet;
    }
}
