/** Tidegate's breaker beside another project's, call by call: what differs is meant, and told in docs/guarantees.md. */
@org.jspecify.annotations.NullMarked
package dev.tidegate.peer;
