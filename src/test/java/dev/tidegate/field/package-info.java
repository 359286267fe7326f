/**
 * Troubles that people who do this job reported in public, each as a black-box test: {@code mvn verify} runs them scaled
 * down, {@code mvn verify -Pfield} at full length.
 */
package dev.tidegate.field;
