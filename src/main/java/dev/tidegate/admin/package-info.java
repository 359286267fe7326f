/**
 * What people and scripts see over HTTP: the JAX-RS resources under {@code /api/v1}, their documents, and the server's side
 * of the console.
 *
 * <p>Here belong resources (a method is one call), records in exactly the shape of docs/api.md, problem documents, headers
 * and roles. Here does not belong any decision about a circuit or drainer, nor what {@code health} and {@code metrics} show:
 * these three do not use each other. Answers come from memory but for the history. Uses every package above, {@code
 * monitor} included.
 */
@NullMarked
package dev.tidegate.admin;

import org.jspecify.annotations.NullMarked;
