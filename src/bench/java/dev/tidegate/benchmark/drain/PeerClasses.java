package dev.tidegate.benchmark.drain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The classes of a peer that needs another Kafka client than ours: its own first, and ours for the rest. */
final class PeerClasses extends URLClassLoader {
    private static final List<String> ITS_OWN =
            List.of("io.confluent.", "org.apache.kafka.", "io.micrometer.", ParallelPoll.class.getName());

    PeerClasses(Path jars) {
        super(urls(jars), ParallelPoll.class.getClassLoader());
    }

    private static URL[] urls(Path jars) {
        try (Stream<Path> files = Files.list(jars)) {
            Path classes = Path.of(ParallelPoll.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .getPath());
            return Stream.concat(Stream.of(classes), files)
                    .map(PeerClasses::url)
                    .toArray(URL[]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (ITS_OWN.stream().noneMatch(name::startsWith)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }
}
