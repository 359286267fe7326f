package dev.tidegate.wiring;

import dev.tidegate.drain.DrainerSettings;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** Types of settings that are text. */
final class Texts {
    static final SettingType<String> ANY = new SettingType<>("any text", text -> text);

    static final SettingType<String> NAME = matching(
            "[a-z0-9][a-z0-9-]{0,62}",
            "a name: 1 to 63 characters a-z, 0-9 and '-', beginning with a letter or digit, and not 'defaults'");

    static final SettingType<String> TOPIC = matching(
            "(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}", "a topic name: 1 to 249 characters a-z, A-Z, 0-9, '.', '_' and '-'");

    static final SettingType<String> CLASS_NAME = matching(
            "[\\p{L}_$][\\p{L}\\p{N}_$]*(\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*",
            "a full class name such as java.io.IOException");

    static final SettingType<Boolean> BOOLEAN = new SettingType<>("true or false", text -> switch (text) {
        case "true" -> true;
        case "false" -> false;
        default -> throw new NotAllowedException("allowed is true or false");
    });

    static final SettingType<URI> URL = new SettingType<>("an http or https URL", Texts::url);

    static final SettingType<List<String>> TOPICS =
            new SettingType<>("topic names, separated by commas, or one pattern:<regular expression>", Texts::topics);

    private Texts() {}

    static <E extends Enum<E>> SettingType<E> oneOf(Class<E> type) {
        String allowed =
                Arrays.stream(type.getEnumConstants()).map(Findings::text).collect(Collectors.joining(", "));
        return new SettingType<>(
                "one of " + allowed,
                text -> Arrays.stream(type.getEnumConstants())
                        .filter(constant -> Findings.text(constant).equals(text))
                        .findFirst()
                        .orElseThrow(() -> new NotAllowedException("allowed is one of " + allowed)));
    }

    private static SettingType<String> matching(String regex, String allowed) {
        Pattern pattern = Pattern.compile(regex);
        return new SettingType<>(allowed, text -> {
            if (!pattern.matcher(text).matches() || text.equals("defaults")) {
                String lower = text.toLowerCase(Locale.ROOT).replace('_', '-');
                String hint = !lower.equals(text) && pattern.matcher(lower).matches() ? "; write " + lower : "";
                throw new NotAllowedException("'" + text + "' is not allowed here; allowed is " + allowed + hint);
            }
            return text;
        });
    }

    private static URI url(String text) throws NotAllowedException {
        String allowed = "allowed is an http or https URL with a host, without query, fragment or user:"
                + " http://localhost:8080";
        try {
            URI url = new URI(text);
            boolean isHttp = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (!isHttp || url.getHost() == null || url.getRawQuery() != null || url.getRawFragment() != null) {
                throw new NotAllowedException(allowed);
            }
            if (url.getRawUserInfo() != null) {
                throw new NotAllowedException(allowed + "; credentials go into a header: header.authorization");
            }
            return url;
        } catch (java.net.URISyntaxException e) {
            throw new NotAllowedException(allowed + " (" + e.getReason() + " at character " + e.getIndex() + ")");
        }
    }

    private static List<String> topics(String text) throws NotAllowedException {
        if (!text.startsWith(DrainerSettings.EXPRESSION)) {
            return TOPIC.list().read(text);
        }
        try {
            Pattern.compile(text.substring(DrainerSettings.EXPRESSION.length()));
            return List.of(text);
        } catch (PatternSyntaxException e) {
            throw new NotAllowedException("the regular expression after 'pattern:' does not compile: "
                    + e.getDescription() + " near index " + e.getIndex());
        }
    }
}
