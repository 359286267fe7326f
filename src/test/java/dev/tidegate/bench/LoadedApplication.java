package dev.tidegate.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a running JVM holds of an application, after a full collection, as the JDK's own tools tell.
 *
 * @param loaders class loaders of applications, old ones included
 * @param kafkaThreads names of the Kafka clients' threads, numbers left out, in order
 * @param threads all of the JVM's
 */
public record LoadedApplication(int loaders, int classes, List<String> kafkaThreads, int threads) {
    private static final Pattern LOADERS = Pattern.compile(
            "(?m)^\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+com\\.ibm\\.ws\\.classloading\\.internal\\.AppClassLoader\\b");
    private static final Pattern LOADED = Pattern.compile("java\\.cls\\.loadedClasses=(\\d+)");
    private static final Pattern UNLOADED = Pattern.compile("java\\.cls\\.unloadedClasses=(\\d+)");
    private static final Pattern THREAD = Pattern.compile("(?m)^\"([^\"]+)\"");

    public static LoadedApplication of(long pid) {
        // The histogram is taken after a full collection, which lets go of the loaders that nobody holds.
        String histogram = tell(pid, "GC.class_histogram");
        String counters = tell(pid, "PerfCounter.print");
        List<String> threads = THREAD.matcher(tell(pid, "Thread.print"))
                .results()
                .map(found -> found.group(1))
                .toList();
        List<String> kafka = threads.stream()
                .filter(name -> name.startsWith("kafka-"))
                .map(name -> name.replaceAll("[0-9a-f]*\\d[0-9a-f-]*", "#"))
                .sorted()
                .toList();
        return new LoadedApplication(
                number(LOADERS, histogram),
                number(LOADED, counters) - number(UNLOADED, counters),
                kafka,
                threads.size());
    }

    private static int number(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            throw new IllegalStateException(pattern + " is not in:\n" + text);
        }
        return Integer.parseInt(found.group(1));
    }

    private static String tell(long pid, String command) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process process = new ProcessBuilder(jcmd, Long.toString(pid), command)
                    .redirectErrorStream(true)
                    .start();
            String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(jcmd + " " + pid + " " + command + ": " + answer);
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
