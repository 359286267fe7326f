/** How fast records are drained, beside the peers, on a real broker. */
package dev.tidegate.benchmark.drain;
