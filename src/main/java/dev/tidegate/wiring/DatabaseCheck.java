package dev.tidegate.wiring;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks at the database that the server was given: what the server itself would accept and promises would break on. */
final class DatabaseCheck {
    private static final String URL = "DB_URL";
    private static final Pattern POSTGRESQL_LIMIT =
            Pattern.compile("[?&](connectTimeout|socketTimeout)=([0-9]+)(?=&|$)");
    private static final Pattern SECRET = Pattern.compile("(?i)((?:password|sslpassword|token)=)[^&;]*");

    private final ConfigView view;
    private final Findings findings;

    DatabaseCheck(ConfigView view, Findings findings) {
        this.view = view;
        this.findings = findings;
    }

    /** The URL with its secrets hidden; nothing where none is known, such as outside a server. */
    @Nullable
    String read() {
        RawValue url = view.find(URL).orElse(null);
        if (url == null) {
            return null;
        }
        String shown = SECRET.matcher(url.text()).replaceAll("$1" + KafkaReader.HIDDEN);
        findings.value(new SettingValue(URL, shown, url.source()));
        String lower = url.text().toLowerCase(Locale.ROOT);
        if (lower.startsWith("jdbc:postgresql:")) {
            checkPostgresql(url, shown);
        } else if (lower.startsWith("jdbc:h2:")) {
            checkH2(url, shown);
        } else {
            findings.error(URL, shown, url.source(), "allowed is jdbc:postgresql:… or jdbc:h2:…");
        }
        return shown;
    }

    private void checkPostgresql(RawValue url, String shown) {
        if (!isLimited(url.text(), "connectTimeout") || !isLimited(url.text(), "socketTimeout")) {
            String base = shown.replaceAll("(?<=[?&])(connectTimeout|socketTimeout)=[^&]*&?", "")
                    .replaceAll("[?&]+$", "");
            String line = base + (base.contains("?") ? "&" : "?") + "connectTimeout=1&socketTimeout=1";
            findings.error(
                    URL,
                    shown,
                    url.source(),
                    "needs connectTimeout and socketTimeout of 1 or 2 seconds, or a silent network would hold"
                            + " threads for ever; write DB_URL=" + line);
        }
        if (url.text().contains("loginTimeout=")) {
            findings.error(
                    URL, shown, url.source(), "has loginTimeout, which makes the data source unusable; remove it");
        }
        RawValue password = view.find("DB_PASSWORD").orElse(null);
        if (password == null || password.text().isBlank()) {
            findings.error(
                    "DB_PASSWORD",
                    "",
                    password == null ? "not set" : password.source(),
                    "is blank, and DB_URL names a PostgreSQL; set the password of DB_USER");
        }
    }

    private static boolean isLimited(String url, String parameter) {
        Matcher limit = POSTGRESQL_LIMIT.matcher(url);
        while (limit.find()) {
            if (limit.group(1).equals(parameter)) {
                return limit.group(2).equals("1") || limit.group(2).equals("2");
            }
        }
        return false;
    }

    private void checkH2(RawValue url, String shown) {
        String rest = url.text().substring("jdbc:h2:".length());
        if (rest.startsWith("tcp:") || rest.startsWith("ssl:") || rest.startsWith("zip:")) {
            findings.error(
                    URL,
                    shown,
                    url.source(),
                    "allowed of H2 is a file of this server; several instances need PostgreSQL");
            return;
        }
        if (rest.startsWith("mem:")) {
            findings.warn("DB_URL = \"" + shown + "\" keeps circuits in memory only: a restart forgets them");
            return;
        }
        if (!rest.toUpperCase(Locale.ROOT).matches("(?s).*;WRITE_DELAY=0(;.*|$)")) {
            findings.error(
                    URL,
                    shown,
                    url.source(),
                    "needs WRITE_DELAY=0, or a crash loses transitions that were told already; write DB_URL=" + shown
                            + ";WRITE_DELAY=0");
        }
    }
}
