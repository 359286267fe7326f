package dev.tidegate.admin;

import java.util.List;

/**
 * A problem document after RFC 9457.
 *
 * @param title the same for every problem of that status
 * @param detail what happened, with which value, and what is allowed
 * @param nearest names that may have been meant
 */
public record Problem(String type, String title, int status, String detail, List<String> nearest) {
    static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        nearest = List.copyOf(nearest);
    }

    static Problem of(int status, String detail) {
        return new Problem("about:blank", titleOf(status), status, detail, List.of());
    }

    static String titleOf(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Not Logged In";
            case 403 -> "Not Permitted";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 415 -> "Unsupported Media Type";
            case 503 -> "Not Available Now";
            default -> status >= 500 ? "Server Error" : "Request Error";
        };
    }
}
