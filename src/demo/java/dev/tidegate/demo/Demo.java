package dev.tidegate.demo;

import dev.tidegate.demo.downstream.DemoDownstream;
import dev.tidegate.demo.downstream.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;

/**
 * Starts everything in order, says READY, and stays until it is interrupted or a part dies.
 *
 * <p>Runs in Maven's own JVM: whatever ends Maven runs the hook that ends the parts, and Maven waits for it.
 */
public final class Demo {
    private static final long INTERRUPT_ARRIVES_MILLIS = 300;

    private final DemoSettings settings;
    private final DemoDirectory directory;
    private final Path wlp;
    private final Progress progress;
    private final Parts parts;
    private final Readiness readiness;
    private final Fleet fleet = new Fleet();
    private final Credentials credentials = Credentials.random();

    private Demo(DemoSettings settings, DemoDirectory directory, Path wlp, Progress progress, Parts parts) {
        this.settings = settings;
        this.directory = directory;
        this.wlp = wlp;
        this.progress = progress;
        this.parts = parts;
        this.readiness = new Readiness(new Waiting(progress, System::nanoTime), settings.startTimeout());
    }

    /**
     * Takes the build directory and the directory of the installed Liberty; everything else is in {@code demo.*} system
     * properties. Ends the JVM with a code other than 0 if the demo cannot be started or loses a part.
     */
    public static void main(String[] arguments) throws InterruptedException {
        Progress progress = new Progress(System.out, System::nanoTime);
        Parts parts = new Parts(progress);
        try {
            start(Path.of(arguments[0]).toAbsolutePath(), Path.of(arguments[1]).toAbsolutePath(), progress, parts)
                    .untilEnd();
        } catch (DemoFailure | IOException e) {
            // Ctrl-C may have ended a helper of a part a moment before it reaches this JVM.
            Thread.sleep(INTERRUPT_ARRIVES_MILLIS);
            if (!parts.isClosing()) {
                progress.block("The demo cannot run:" + System.lineSeparator() + e.getMessage());
            }
        }
        // While the JVM is going down anyway this waits for it.
        System.exit(1);
    }

    private static Watch start(Path target, Path wlp, Progress progress, Parts parts)
            throws IOException, InterruptedException {
        DemoSettings settings = DemoSettings.from(System.getProperties());
        new DemoPorts(settings).requireFree();
        requireServer(wlp);
        DemoDirectory directory = DemoDirectory.claim(target);
        DemoLog.to(directory.path("launcher.log"));
        Runtime.getRuntime().addShutdownHook(new Thread(parts::close, "demo-stop"));
        Demo demo = new Demo(settings, directory, wlp, progress, parts);
        return demo.startAll();
    }

    private static void requireServer(Path wlp) {
        Path war = wlp.resolve("usr/servers/tidegate/apps/tidegate.war");
        if (!Files.exists(war)) {
            throw new DemoFailure(war + " is missing. Start the demo with: mvn -Pdemo");
        }
    }

    private Watch startAll() throws IOException, InterruptedException {
        Child broker = startBroker();
        startDatabase();
        DemoDownstream downstream = parts.start(
                "The downstream", () -> DemoDownstream.start(settings.downstreamPort(), Limits.DEMO, new Random()));
        progress.step("downstream answers on " + downstream.baseUrl());
        startTraffic();
        Path file = directory.path("credentials.properties");
        credentials.write(file);
        parts.start("Tidegate", () -> fleet);
        for (int instance = 1; instance <= settings.instances(); instance++) {
            startInstance(instance);
        }
        progress.block(ReadyBlock.of(settings, fleet.servers(), credentials, file));
        return new Watch(progress, parts, broker, fleet.servers());
    }

    private Child startBroker() throws InterruptedException {
        progress.step("starting the Kafka broker on " + settings.bootstrapServers());
        Child broker = parts.start("The broker", () -> Broker.start(settings, directory, ClassPath.ofLauncher()));
        readiness.await(broker, () -> Topics.isAnswering(settings.brokerPort()));
        Topics.create(settings.bootstrapServers());
        progress.step("broker is up with " + Lines.NAMES.size() + " topics in and as many out");
        return broker;
    }

    private void startDatabase() {
        if (settings.database() == DatabaseKind.H2) {
            progress.step("using the embedded H2 file database of the one instance");
            return;
        }
        progress.step("starting PostgreSQL on port " + settings.databasePort());
        parts.start("PostgreSQL", () -> Database.start(settings, directory));
        progress.step("PostgreSQL is up");
    }

    private void startTraffic() {
        if (settings.rate() == 0) {
            progress.step("no traffic, as demo.rate=0 says");
            return;
        }
        parts.start(
                "The traffic",
                () -> Traffic.start(
                        settings.bootstrapServers(),
                        Lines.NAMES,
                        settings.rate(),
                        new Random(),
                        InstantSource.system()));
        progress.step("traffic runs: " + settings.rate() + " records a second to each topic");
    }

    private void startInstance(int instance) throws InterruptedException {
        progress.step("starting Tidegate instance " + instance + " on port " + settings.httpPort(instance));
        LibertyServer server = parts.startWithin(
                "Tidegate", () -> fleet.add(LibertyServer.start(wlp, settings, instance, credentials, directory)));
        readiness.await(server);
        server.nowReady();
        progress.step("instance " + instance + " is ready");
    }
}
