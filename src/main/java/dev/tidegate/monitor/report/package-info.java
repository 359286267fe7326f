/**
 * What each instance tells the fleet of itself, and what this instance remembers of the others.
 *
 * <p>Here belongs the shape of an instance's report, its JSON, and the copy of all reports in memory from which API and
 * console answer. Here does not belong when a report is written. Names of states and causes are text here, not enums: an
 * instance must be able to read the report of one that is newer. Uses {@code core}, {@code store}, {@code guard}, {@code
 * publish} and {@code drain}.
 */
@NullMarked
package dev.tidegate.monitor.report;

import org.jspecify.annotations.NullMarked;
