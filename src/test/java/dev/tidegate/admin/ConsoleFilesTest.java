package dev.tidegate.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class ConsoleFilesTest {
    private static final Path WEBAPP = Path.of("src/main/webapp");
    private static final int MOST_BYTES = 100_000;

    @Test
    void no_markup_is_ever_made_from_text() throws IOException {
        assertThat(files(".js"))
                .isNotEmpty()
                .allSatisfy(script -> assertThat(read(script))
                        .as("%s", script)
                        .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(")
                        .doesNotContain("new Function", "setAttribute('style'"));
    }

    @Test
    void the_page_has_no_script_and_no_style_of_its_own_so_the_policy_needs_no_exception() throws IOException {
        assertThat(read(WEBAPP.resolve("index.html")))
                .doesNotContain("style=", "<style", "javascript:")
                .doesNotContainPattern("\\son[a-z]+=")
                .doesNotContainPattern("<script(?![^>]*\\ssrc=)");
        assertThat(SecurityHeaders.POLICY).startsWith("default-src 'self';").doesNotContain("unsafe", "*", "data:");
    }

    @Test
    void nothing_comes_from_another_server_and_every_file_of_ours_is_named_relatively() throws IOException {
        for (Path file : files(".html", ".js", ".css")) {
            String text = read(file).replace("http://www.w3.org/2000/svg", "");

            assertThat(text).as("%s", file).doesNotContain("http://", "https://", "url(//");
            assertThat(text).as("%s", file).doesNotContainPattern("(src|href)=\"/(?!health|metrics|openapi)");
        }
    }

    @Test
    void every_module_that_is_imported_and_every_file_that_the_page_names_is_there() throws IOException {
        for (Path script : files(".js")) {
            assertNamed(script, Pattern.compile("from '(\\./[^']+)'"));
        }
        assertNamed(WEBAPP.resolve("index.html"), Pattern.compile("(?:src|href)=\"([a-z][^\":]*)\""));
    }

    @Test
    void everything_together_is_small() throws IOException {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        for (Path file : files(".html", ".js", ".css", ".svg")) {
            try (GZIPOutputStream gzip = new GZIPOutputStream(sent)) {
                gzip.write(Files.readAllBytes(file));
            }
        }

        assertThat(sent.size()).isLessThan(MOST_BYTES);
    }

    private static void assertNamed(Path file, Pattern name) throws IOException {
        Matcher names = name.matcher(read(file));
        while (names.find()) {
            assertThat(file.resolveSibling(names.group(1)))
                    .as("named by %s", file)
                    .isRegularFile();
        }
    }

    private static List<Path> files(String... endings) throws IOException {
        try (Stream<Path> all = Files.walk(WEBAPP)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
                    .toList();
        }
    }

    private static String read(Path file) throws IOException {
        return Files.readString(file);
    }
}
