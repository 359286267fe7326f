package dev.tidegate.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a running server holds, as the operating system and its JVM tell it. Linux only.
 *
 * @param threads of the process
 * @param files open descriptors, sockets included
 * @param heapBytes of live objects, after a full collection
 * @param topClasses the largest of the heap, for people
 */
public record Footprint(int threads, int files, long heapBytes, List<String> topClasses) {
    private static final int SHOWN = 12;

    public Footprint {
        topClasses = List.copyOf(topClasses);
    }

    public static Footprint of(long pid) throws IOException, InterruptedException {
        List<String> histogram = histogramOf(pid);
        return new Footprint(
                threadsOf(pid),
                filesOf(pid),
                totalOf(histogram),
                histogram.stream().limit(SHOWN).toList());
    }

    private static int threadsOf(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("Threads:"))
                .mapToInt(line ->
                        Integer.parseInt(line.substring("Threads:".length()).strip()))
                .findFirst()
                .orElseThrow();
    }

    private static int filesOf(long pid) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return Math.toIntExact(open.count());
        }
    }

    private static List<String> histogramOf(long pid) throws IOException, InterruptedException {
        Process asked = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(pid),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String told = new String(asked.getInputStream().readAllBytes(), UTF_8);
        if (asked.waitFor() != 0) {
            throw new IOException("jcmd " + pid + " GC.class_histogram: " + told);
        }
        return told.lines().toList();
    }

    // The last line: "Total <objects> <bytes>".
    private static long totalOf(List<String> histogram) {
        String total = histogram.stream()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow()
                .strip();
        return Long.parseLong(total.substring(total.lastIndexOf(' ') + 1));
    }

    @Override
    public String toString() {
        return threads + " threads, " + files + " open files, " + heapBytes / 1024 + " KiB of heap";
    }
}
