package dev.tidegate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Keeps the patches of {@code src/test/sabotage} true: who changes the code that one of them breaks changes the patch as well. */
class SabotageTest {
    private static final Path FOLDER = Path.of("src/test/sabotage");

    @TestFactory
    List<DynamicTest> each_sabotage_still_fits_the_code() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".patch"))
                    .flatMap(SabotageTest::hunks)
                    .toList();
        }
    }

    // A file's part begins with its two names, a hunk with its place.
    private static Stream<DynamicTest> hunks(Path patch) {
        return Pattern.compile("^--- a/", Pattern.MULTILINE)
                .splitAsStream(read(patch))
                .skip(1)
                .flatMap(part -> {
                    Path code = Path.of(part.lines().findFirst().orElseThrow());
                    return Pattern.compile("^@@", Pattern.MULTILINE)
                            .splitAsStream(part)
                            .skip(1)
                            .map(hunk -> fitting(patch, code, hunk));
                });
    }

    private static DynamicTest fitting(Path patch, Path code, String hunk) {
        String before = hunk.lines()
                .skip(1)
                .filter(line -> !line.startsWith("+"))
                .map(line -> line.isEmpty() ? line : line.substring(1))
                .collect(Collectors.joining("\n"))
                .stripTrailing();
        return DynamicTest.dynamicTest(
                patch.getFileName() + " fits " + code.getFileName(),
                () -> assertThat(read(code))
                        .as("what %s takes for %s", patch, code)
                        .contains(before));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException error) {
            throw new IllegalStateException("cannot read " + file, error);
        }
    }
}
