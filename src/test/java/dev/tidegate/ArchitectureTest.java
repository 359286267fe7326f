package dev.tidegate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Which package may use which, and what none may do by itself. Plain tests: fields of rules would run unseen. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchitectureTest {
    private static final String PRODUCT = "dev.tidegate";
    private static final String PLANTED = "dev.tidegate.fixture.planted";

    /** Each uses only those before it; those of one inner list do not use each other. */
    private static final List<List<String>> ORDER = List.of(
            List.of("core"),
            List.of("store"),
            List.of("guard"),
            List.of("publish"),
            List.of("drain"),
            List.of("messaging"),
            List.of("monitor"),
            List.of("health", "metrics", "admin"),
            List.of("wiring"));

    private final JavaClasses product = new ClassFileImporter().importPath(Path.of("target", "classes"));
    private final JavaClasses planted = new ClassFileImporter().importPackages(PLANTED);

    @Test
    void a_package_uses_only_those_above_it() {
        forbiddenUses(PRODUCT).forEach(rule -> rule.check(product));
    }

    @Test
    void every_class_lies_in_a_known_package() {
        List<String> known = ORDER.stream()
                .flatMap(List::stream)
                .map(name -> PRODUCT + "." + name)
                .toList();

        assertThat(product)
                .isNotEmpty()
                .allSatisfy(
                        one -> assertThat(known).anyMatch(name -> (one.getPackageName() + ".").startsWith(name + ".")));
    }

    @Test
    void drain_does_not_know_its_http_processor() {
        noClasses()
                .that()
                .resideInAPackage("dev.tidegate.drain")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.tidegate.drain.http..")
                .allowEmptyShould(true)
                .check(product);
    }

    @Test
    void core_is_pure() {
        coreIsPure(PRODUCT).check(product);
    }

    @Test
    void only_wiring_reads_the_clock_or_makes_randomness() {
        noOwnClockOrRandomness(PRODUCT).check(product);
    }

    @Test
    void there_is_no_static_state() {
        noStaticState().check(product);
    }

    @Test
    void metric_names_are_in_metrics_alone() {
        only("org.eclipse.microprofile.metrics..", "metrics", "wiring").check(product);
    }

    @Test
    void settings_are_read_from_their_sources_in_wiring_and_by_the_connector_alone() {
        only("org.eclipse.microprofile.config..", "wiring", "messaging").check(product);
    }

    @Test
    void requests_are_answered_in_admin_alone() {
        only("jakarta.ws.rs..", "admin").check(product);
    }

    @Test
    void the_database_is_reached_in_store_alone() {
        only("jakarta.persistence..", "store", "wiring").check(product);
        only("java.sql..", "store", "wiring").check(product);
    }

    @Test
    void every_package_is_null_marked() {
        Stream<JavaPackage> packages =
                product.stream().map(JavaClass::getPackage).distinct();

        assertThat(packages)
                .allMatch(
                        one -> one.tryGetPackageInfo()
                                .filter(info -> info.isAnnotatedWith(NullMarked.class))
                                .isPresent(),
                        "has a @NullMarked package-info");
    }

    @Test
    void a_planted_violation_turns_each_rule_red() {
        assertThatThrownBy(() -> forbiddenUses(PLANTED).forEach(rule -> rule.check(planted)))
                .hasMessageContaining("Below");
        assertThatThrownBy(() -> coreIsPure(PLANTED).check(planted)).hasMessageContaining("Thread");
        assertThatThrownBy(() -> noStaticState().check(planted)).hasMessageContaining("counted");
        assertThatThrownBy(() -> noOwnClockOrRandomness(PLANTED).check(planted))
                .hasMessageContaining("nanoTime")
                .hasMessageContaining("Instant.now")
                .hasMessageContaining("Random.<init>()");
    }

    private static List<ArchRule> forbiddenUses(String base) {
        List<ArchRule> rules = new ArrayList<>();
        for (int place = 0; place < ORDER.size(); place++) {
            for (String user : ORDER.get(place)) {
                String[] forbidden = Stream.concat(
                                ORDER.get(place).stream().filter(other -> !other.equals(user)),
                                ORDER.subList(place + 1, ORDER.size()).stream().flatMap(List::stream))
                        .map(name -> base + "." + name + "..")
                        .toArray(String[]::new);
                if (forbidden.length > 0) {
                    rules.add(noClasses()
                            .that()
                            .resideInAPackage(base + "." + user + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(forbidden)
                            .allowEmptyShould(true));
                }
            }
        }
        return rules;
    }

    private static ArchRule coreIsPure(String base) {
        return noClasses()
                .that()
                .resideInAPackage(base + ".core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "jakarta..",
                        "java.io..",
                        "java.net..",
                        "java.nio..",
                        "java.sql..",
                        "java.util.logging..",
                        "org.apache..",
                        "org.eclipse..",
                        "org.slf4j..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(System.Logger.class, Thread.class, Executor.class, Executors.class, ForkJoinPool.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Executor.class)
                .allowEmptyShould(true);
    }

    private static ArchRule noOwnClockOrRandomness(String base) {
        return noClasses()
                .that()
                .resideOutsideOfPackage(base + ".wiring..")
                .should()
                .accessTargetWhere(new OwnTimeOrChance())
                .because("time, randomness and ids are handed in, so that a test can choose them");
    }

    private static ArchRule noStaticState() {
        return fields().that().areStatic().should().beFinal().allowEmptyShould(true);
    }

    /** Only these packages may use the library. */
    private static ArchRule only(String library, String... users) {
        String[] packages =
                Stream.of(users).map(user -> PRODUCT + "." + user + "..").toArray(String[]::new);
        return noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .allowEmptyShould(true);
    }
}
