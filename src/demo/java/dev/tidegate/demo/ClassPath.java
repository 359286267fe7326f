package dev.tidegate.demo;

import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The launcher's own class path, for a child JVM. */
final class ClassPath {
    private ClassPath() {}

    /** Inside Maven the classes come from a loader of the exec plugin's, of which {@code java.class.path} knows nothing. */
    static String ofLauncher() {
        if (ClassPath.class.getClassLoader() instanceof URLClassLoader loader) {
            List<String> entries = new ArrayList<>();
            for (URL url : loader.getURLs()) {
                entries.add(path(url));
            }
            return String.join(File.pathSeparator, entries);
        }
        return System.getProperty("java.class.path");
    }

    private static String path(URL url) {
        try {
            return Path.of(new URI(url.toString())).toString();
        } catch (URISyntaxException e) {
            throw new DemoFailure("The class path holds " + url + ", which is no file", e);
        }
    }
}
