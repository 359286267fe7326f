/** What a circuit costs its callers, beside the peers in the same run. */
package dev.tidegate.benchmark.hotpath;
