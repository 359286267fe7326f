/** How long it takes until the whole fleet refuses, on a real PostgreSQL. */
package dev.tidegate.benchmark.news;
