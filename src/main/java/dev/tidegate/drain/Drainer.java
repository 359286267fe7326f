package dev.tidegate.drain;

import java.time.Duration;

/** A consumer that works topics down through a circuit. Every method may be called by any thread and returns soon. */
public interface Drainer {
    String name();

    DrainerSettings settings();

    DrainerStatus status();

    /** Starts the poll thread, or starts it again after a fault; does nothing while it runs. */
    void start();

    /** Adds a drainer-wide cause; a cause is a fact, so adding it twice is one. */
    void pause(PauseCause cause);

    /** Takes a drainer-wide cause away; partitions with no cause left go on. */
    void resume(PauseCause cause);

    /** Passes what blocks a partition that this instance owns; refuses what does not block, so asking twice skips once. */
    SkipAnswer skip(Skip skip);

    /** Whether the poll thread has shown life within that time; true while stopped or waiting to be restarted. */
    boolean isAlive(Duration within);

    /** Whether it has had its place in the group, with or without partitions, at any time since this process began. */
    boolean hasJoined();

    /** Quiesces: nothing new is handed over, what is in flight ends within the quiesce timeout, commits, leaves the group. */
    void stop();
}
