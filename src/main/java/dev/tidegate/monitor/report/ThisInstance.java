package dev.tidegate.monitor.report;

import java.time.Instant;

/** Who this running server is. Thread-safe. */
public final class ThisInstance {
    private final String name;
    private final String version;
    private final Instant startedAt;
    private volatile String settingsHash;

    /**
     * The server that is starting.
     *
     * @param name unique in the fleet
     * @param version of the program
     * @param startedAt by this instance's own clock: for people, never compared with a stored time
     * @param settingsHash the same on two instances that have the same settings
     */
    public ThisInstance(String name, String version, Instant startedAt, String settingsHash) {
        this.name = name;
        this.version = version;
        this.startedAt = startedAt;
        this.settingsHash = settingsHash;
    }

    public String name() {
        return name;
    }

    public String version() {
        return version;
    }

    public Instant startedAt() {
        return startedAt;
    }

    public String settingsHash() {
        return settingsHash;
    }

    /** Settings changed while it runs. */
    public void settingsChanged(String hash) {
        settingsHash = hash;
    }
}
