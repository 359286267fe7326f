package dev.tidegate.drain;

/**
 * Why a record is dead-lettered.
 *
 * @param causeClass an exception's class name, or a word of ours such as {@code rejected}
 */
record Rejection(String causeClass, String text) {}
