package dev.tidegate.drain.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Makes a stranger's bytes safe for HTTP headers: what comes out is printable ASCII, whatever went in. */
final class HeaderText {
    private static final String TOKEN_SYMBOLS = "!#$&'*+-.^_`|~";
    private static final String HEX = "0123456789ABCDEF";

    private HeaderText() {}

    /** The bytes as text if they are printable ASCII that no HTTP parser trims, else {@code null}. */
    static @Nullable String plain(byte[] bytes) {
        for (byte b : bytes) {
            if (b < ' ' || b > '~') {
                return null;
            }
        }
        boolean isTrimmed = bytes.length > 0 && (bytes[0] == ' ' || bytes[bytes.length - 1] == ' ');
        return isTrimmed ? null : new String(bytes, StandardCharsets.US_ASCII);
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** A header name: what may not stand in one is percent-encoded UTF-8, the percent sign as well. */
    static String name(String text) {
        return encode(text, TOKEN_SYMBOLS);
    }

    /** A structured-field string (RFC 9651, 3.3.3): in quotes, with what is not printable ASCII percent-encoded. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b < ' ' || b > '~' || b == '%') {
                percent(b, quoted);
            } else {
                if (b == '"' || b == '\\') {
                    quoted.append('\\');
                }
                quoted.append((char) b);
            }
        }
        return quoted.append('"').toString();
    }

    private static String encode(String text, String symbols) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (isLetterOrDigit(b) || symbols.indexOf(b) >= 0) {
                encoded.append((char) b);
            } else {
                percent(b, encoded);
            }
        }
        return encoded.toString();
    }

    private static boolean isLetterOrDigit(byte b) {
        return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9');
    }

    private static void percent(byte b, StringBuilder to) {
        to.append('%').append(HEX.charAt((b >> 4) & 0xF)).append(HEX.charAt(b & 0xF));
    }
}
