package dev.tidegate.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.core.Failure;
import dev.tidegate.core.Permit;
import dev.tidegate.core.Subscription;
import dev.tidegate.fixture.FakePublisher;
import dev.tidegate.fixture.FakeWatch;
import dev.tidegate.fixture.ShownDrainer;
import dev.tidegate.fixture.TestCircuits;
import dev.tidegate.guard.Circuit;
import dev.tidegate.monitor.report.FleetMemory;
import dev.tidegate.monitor.report.InstanceView;
import dev.tidegate.monitor.report.ReportJson;
import dev.tidegate.monitor.report.ThisInstance;
import dev.tidegate.store.DrainerWish;
import dev.tidegate.store.DrainerWishes;
import dev.tidegate.store.InstanceReport;
import dev.tidegate.store.InstanceReports;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CircuitDocumentsTest {
    private static final ThisInstance SELF = new ThisInstance("node-1", "0.1.0", FakeWatch.NOW, "cafe");
    private final TestCircuits circuits = TestCircuits.alone();
    private final FleetMemory fleet = new FleetMemory("node-1", new OtherInstance(), new NoWishes());
    private final CircuitDocuments documents =
            new CircuitDocuments(SELF, fleet, new OneSetting(), new FakeWatch(), System::nanoTime);

    @AfterEach
    void close() {
        circuits.close();
    }

    @Test
    void a_closed_circuit_shows_the_fleets_window_and_the_source_of_each_setting() throws Exception {
        fleet.refresh();
        ((Permit.Granted) orders().acquire()).failure(new Failure("503"));
        ((Permit.Granted) orders().acquire()).success();

        CircuitJson document = documents.of(orders());

        assertThat(document.state()).isEqualTo("CLOSED");
        assertThat(document.kind()).isEqualTo("custom");
        assertThat(document.window()).isEqualTo(new CircuitJson.WindowJson(2, 1, 0, 0, 0.5));
        assertThat(document.policy())
                .containsEntry("break-duration", new CircuitJson.ValueJson("PT0.2S", "environment"));
        assertThat(document.instances())
                .extracting(CircuitJson.InstanceJson::instance)
                .containsExactly("node-1", "node-2");
        assertThat(document.instances())
                .extracting(CircuitJson.InstanceJson::policyDiffers)
                .containsExactly(false, false);
    }

    @Test
    void an_open_circuit_tells_since_when_why_and_until_when() {
        trip();

        CircuitJson document = documents.of(orders());

        assertThat(document.state()).isEqualTo("OPEN");
        assertThat(document.pending()).isFalse();
        assertThat(document.epoch()).isEqualTo(1);
        assertThat(document.since()).isNotNull();
        assertThat(document.cause()).isEqualTo("CONSECUTIVE_FAILURES");
        assertThat(document.detail()).isEqualTo("3 calls in a row failed, 3 of 3 failed");
        assertThat(document.lastError()).isEqualTo("503 from downstream");
        assertThat(document.retryAt()).isAfter(document.since());
        assertThat(document.failedRounds()).isEqualTo(1);
        assertThat(document.probe()).isNull();
    }

    @Test
    void the_members_are_those_of_the_contract_and_a_missing_value_is_null() {
        trip();

        JsonObject json = parse(documents.of(orders()));

        assertThat(json.keySet())
                .containsExactlyInAnyOrder(
                        "name",
                        "kind",
                        "state",
                        "automaticState",
                        "pending",
                        "observing",
                        "version",
                        "epoch",
                        "since",
                        "cause",
                        "detail",
                        "lastError",
                        "retryAt",
                        "failedRounds",
                        "probe",
                        "ramp",
                        "override",
                        "window",
                        "policy",
                        "instances");
        assertThat(json.isNull("probe")).isTrue();
        assertThat(json.isNull("override")).isTrue();
        assertThat(Instant.parse(json.getString("retryAt"))).isAfter(Instant.EPOCH);
        assertThat(json.getJsonObject("window").keySet())
                .containsExactlyInAnyOrder("calls", "failures", "slow", "consecutiveFailures", "failureRatio");
        assertThat(json.getJsonArray("instances").getJsonObject(0).keySet())
                .containsExactlyInAnyOrder("instance", "window", "policyDiffers", "lastSeen");
    }

    private static JsonObject parse(CircuitJson document) {
        String json = new JsonOfDocuments().getContext(CircuitJson.class).toJson(document);
        return Json.createReader(new StringReader(json)).readObject();
    }

    private void trip() {
        for (int failure = 0; failure < 3; failure++) {
            ((Permit.Granted) orders().acquire()).failure(new Failure("503 from downstream"));
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .until(() -> !orders().snapshot().pending());
    }

    private Circuit orders() {
        return circuits.circuit("orders");
    }

    private final class OtherInstance implements InstanceReports {
        @Override
        public void write(String instance, String json, Duration lasts) {}

        @Override
        public List<InstanceReport> read() {
            orders();
            InstanceView view = InstanceView.of(
                    new ThisInstance("node-2", "0.1.0", FakeWatch.NOW, "cafe"),
                    circuits,
                    ShownDrainer.registry(),
                    FakePublisher.registry());
            return List.of(
                    new InstanceReport("node-1", "never read", FakeWatch.NOW),
                    new InstanceReport("node-2", new ReportJson().write(view), FakeWatch.NOW));
        }

        @Override
        public void remove(String instance) {}
    }

    private static final class NoWishes implements DrainerWishes {
        @Override
        public boolean write(DrainerWish next) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Subscription listen(Runnable changed) {
            return () -> {};
        }

        @Override
        public Map<String, DrainerWish> read() {
            return Map.of();
        }

        @Override
        public boolean createIfAbsent(DrainerWish wish) {
            return false;
        }
    }

    private static final class OneSetting implements EffectiveSettings {
        @Override
        public List<Setting> all() {
            return List.of(new Setting("tidegate.circuit.orders.break-duration", "PT0.2S", "environment"));
        }

        @Override
        public Map<String, Setting> ofCircuit(String circuit) {
            return Map.of("break-duration", all().get(0));
        }
    }
}
