package dev.tidegate.store;

import dev.tidegate.core.StoreException;
import java.time.Duration;
import java.util.List;

/** What each instance tells of itself, so that any instance can show the whole fleet. Thread-safe. */
public interface InstanceReports {
    /**
     * Replaces this instance's report.
     *
     * @param json the report; its shape is the writer's and the reader's affair
     * @param lasts after that, in the store's time, the report is no longer shown; a store may round it up to whole seconds
     */
    void write(String instance, String json, Duration lasts) throws StoreException;

    /** The reports that have not expired. */
    List<InstanceReport> read() throws StoreException;

    /** Takes this instance's report away, at a clean stop. */
    void remove(String instance) throws StoreException;
}
