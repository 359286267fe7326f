package dev.tidegate.admin;

/** Who may do what. A role contains the ones before it, so each call names every role that may make it. */
final class Roles {
    /** Reads everything, payloads masked. */
    static final String VIEWER = "viewer";
    /** Makes changes that end by themselves or are taken back with one call. */
    static final String OPERATOR = "operator";
    /** Makes all changes. */
    static final String ADMIN = "admin";

    private Roles() {}
}
