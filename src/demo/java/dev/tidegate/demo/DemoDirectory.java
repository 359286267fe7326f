package dev.tidegate.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** {@code target/demo}: data, logs and credentials of one run; emptied at each start. */
final class DemoDirectory implements AutoCloseable {
    private final Path root;
    private final FileChannel lock;

    private DemoDirectory(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /** @throws DemoFailure if another demo is running from the same directory */
    static DemoDirectory claim(Path target) throws IOException {
        Files.createDirectories(target);
        FileChannel channel =
                FileChannel.open(target.resolve("demo.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.tryLock();
        if (held == null) {
            channel.close();
            throw new DemoFailure("Another demo is running from " + target
                    + ". End it first, or start this one from another clone with other ports.");
        }
        Path root = target.resolve("demo");
        empty(root);
        Files.createDirectories(root);
        return new DemoDirectory(root, channel);
    }

    private static void empty(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> found = Files.walk(root)) {
            deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }

    Path path(String name) {
        return root.resolve(name);
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
