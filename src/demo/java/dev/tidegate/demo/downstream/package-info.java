/**
 * A downstream that can be broken on purpose, for the demo and as the oracle of the integration tests.
 *
 * <p>Here belongs what answers, misbehaves and remembers. It knows nothing of Kafka or of the product, and uses the
 * JDK's HTTP server and JSON-P only.
 */
@NullMarked
package dev.tidegate.demo.downstream;

import org.jspecify.annotations.NullMarked;
