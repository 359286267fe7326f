/**
 * What an application sees that embeds Tidegate's classes, tested from inside a real server. The beans here are written as
 * users write theirs.
 */
package dev.tidegate.container;
