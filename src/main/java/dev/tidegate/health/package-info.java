/**
 * Health for orchestrators: one class per check of {@code /health/live}, {@code /health/ready} and {@code /health/started}.
 *
 * <p>Open to anyone, so a check tells names and states and nothing else: no address, no error text, no count. It answers
 * from memory. Uses every package above, {@code monitor} included; not {@code metrics}, not {@code admin}.
 */
@NullMarked
package dev.tidegate.health;

import org.jspecify.annotations.NullMarked;
