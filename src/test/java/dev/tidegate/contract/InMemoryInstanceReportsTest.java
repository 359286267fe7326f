package dev.tidegate.contract;

import dev.tidegate.store.InMemoryInstanceReports;
import dev.tidegate.store.InstanceReports;
import java.time.InstantSource;

class InMemoryInstanceReportsTest extends InstanceReportsContract {
    private final InstanceReports shared = new InMemoryInstanceReports(InstantSource.system());

    @Override
    protected InstanceReports reports() {
        return shared;
    }
}
