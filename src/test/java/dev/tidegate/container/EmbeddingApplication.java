package dev.tidegate.container;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.hamcrest.Matcher;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** A WAR that embeds Tidegate: its classes JAR, what that needs, and the application's own beans. */
public final class EmbeddingApplication {
    private static final Path TARGET = Path.of("target");

    private EmbeddingApplication() {}

    /** @param settings lines of {@code microprofile-config.properties} */
    public static WebArchive with(String settings, Class<?>... beans) {
        File[] libraries = TARGET.resolve("tidegate/WEB-INF/lib").toFile().listFiles();
        if (libraries == null) {
            throw new IllegalStateException("target/tidegate is missing: mvn package makes it");
        }
        return ShrinkWrap.create(WebArchive.class, "embedding.war")
                .addAsLibraries(libraries)
                .addAsLibrary(TARGET.resolve("tidegate-classes.jar").toFile())
                .addAsLibraries(jarOf(Assertions.class), jarOf(Awaitility.class), jarOf(Matcher.class))
                .addClasses(beans)
                .addAsResource(new StringAsset(settings), "META-INF/microprofile-config.properties");
    }

    private static File jarOf(Class<?> type) {
        try {
            return new File(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
