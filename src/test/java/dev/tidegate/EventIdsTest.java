package dev.tidegate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Operators alert on the ids of log events, so one id is one kind of event and belongs to one class. */
class EventIdsTest {
    private static final Pattern ID = Pattern.compile("TIDEGATE\\d{4}");

    @Test
    void an_event_id_is_used_by_one_class_alone() throws IOException {
        Map<String, Set<String>> classesById = new TreeMap<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            sources.filter(source -> source.toString().endsWith(".java"))
                    .forEach(source -> collect(source, classesById));
        }

        assertThat(classesById)
                .isNotEmpty()
                .allSatisfy((id, classes) -> assertThat(classes).as(id).hasSize(1));
    }

    private static void collect(Path source, Map<String, Set<String>> classesById) {
        try {
            Matcher found = ID.matcher(Files.readString(source));
            while (found.find()) {
                classesById
                        .computeIfAbsent(found.group(), id -> new TreeSet<>())
                        .add(source.toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
