package dev.tidegate.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads why a child did not come up from what it wrote. */
final class ChildLog {
    private static final int LAST_LINES = 30;

    /** Liberty's message ids that end in E, and the words of the other children. */
    private static final Pattern ERROR = Pattern.compile("\\b[A-Z]{4,5}\\d{4}E:|\\b(ERROR|FATAL|SEVERE)\\b|Exception:");

    /** The application failed or its configuration was refused; the server itself stays up, so waiting is useless. */
    private static final Pattern HOPELESS = Pattern.compile("\\b(CWWKZ000[24]E|CWWKZ0013E|CWWKE0054E|CWWKG0090E):");

    private final Path file;

    ChildLog(Path file) {
        this.file = file;
    }

    /** The line that says that no waiting will help. */
    Optional<String> hopeless() {
        return lines().stream().filter(line -> HOPELESS.matcher(line).find()).findFirst();
    }

    /** The last lines, headed by the first error if those do not show it. */
    String tail() {
        List<String> all = lines();
        List<String> last = all.subList(Math.max(0, all.size() - LAST_LINES), all.size());
        Optional<String> reason = all.stream().filter(ChildLog::isError).findFirst();
        StringBuilder text = new StringBuilder();
        reason.ifPresent(line -> text.append("First error: ").append(line).append(System.lineSeparator()));
        text.append("Last lines of ").append(file).append(':');
        last.forEach(line -> text.append(System.lineSeparator()).append("  ").append(line));
        return text.toString();
    }

    /** The note of an incident file comes before the message that explains it. */
    private static boolean isError(String line) {
        return ERROR.matcher(line).find() && !line.contains("FFDC");
    }

    private List<String> lines() {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.toList();
        } catch (IOException e) {
            return List.of("(" + file + " cannot be read: " + e.getMessage() + ")");
        }
    }
}
