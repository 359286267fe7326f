/** What a guarded call costs in a real server, beside the server's own circuit breaker. */
package dev.tidegate.benchmark.interceptor;
