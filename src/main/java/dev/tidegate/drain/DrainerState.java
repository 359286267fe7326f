package dev.tidegate.drain;

/** What a drainer does, as shown. */
public enum DrainerState {
    /** No broker or store yet. */
    WAITING,
    RUNNING,
    /** It keeps polling and its place in the group, and hands nothing over. */
    PAUSED,
    /** Its circuit is half-open and the lease this instance's. */
    PROBING,
    /** Its poll thread ended by a fault; the monitor starts it again. */
    FAILED,
    STOPPED
}
