package dev.tidegate.demo;

/** Where the circuits are stored. */
enum DatabaseKind {
    /** A PostgreSQL that the demo starts; shared by any number of instances. */
    POSTGRES,
    /** The embedded file database that the product uses by itself; one instance only. */
    H2
}
