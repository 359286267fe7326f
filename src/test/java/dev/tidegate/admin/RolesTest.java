package dev.tidegate.admin;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RolesTest {
    private static final List<Class<?>> RESOURCES = new AdminApplication()
            .getClasses().stream()
                    .filter(type -> type.isAnnotationPresent(Path.class))
                    .toList();

    @Test
    void there_is_something_to_check() {
        assertThat(RESOURCES).hasSizeGreaterThanOrEqualTo(8);
        assertThat(calls()).hasSizeGreaterThanOrEqualTo(11);
    }

    @Test
    void every_call_says_who_may_make_it() {
        assertThat(calls())
                .allSatisfy(call ->
                        assertThat(rolesOf(call)).as("roles of %s", call).isPresent());
    }

    @Test
    void every_reading_call_is_open_to_each_role_and_to_nobody_else() {
        assertThat(calls().stream().filter(call -> call.isAnnotationPresent(GET.class)))
                .allSatisfy(call -> assertThat(rolesOf(call).orElseThrow())
                        .as("roles of %s", call)
                        .containsExactlyInAnyOrder("viewer", "operator", "admin"));
    }

    @Test
    void no_changing_call_is_open_to_viewers() {
        assertThat(calls().stream().filter(call -> !call.isAnnotationPresent(GET.class)))
                .allSatisfy(call -> assertThat(rolesOf(call).orElseThrow())
                        .as("roles of %s", call)
                        .doesNotContain("viewer")
                        .contains("admin"));
    }

    @Test
    void nothing_is_open_to_everybody() {
        assertThat(calls())
                .noneMatch(call -> call.isAnnotationPresent(PermitAll.class)
                        || call.getDeclaringClass().isAnnotationPresent(PermitAll.class)
                        || call.isAnnotationPresent(DenyAll.class));
    }

    @Test
    void no_two_calls_have_one_method_and_path() {
        Map<String, Long> byPath =
                calls().stream().collect(Collectors.groupingBy(RolesTest::pathOf, Collectors.counting()));

        assertThat(byPath.values()).containsOnly(1L);
    }

    @Test
    void every_resource_of_the_package_is_in_the_application() {
        assertThat(RESOURCES).extracting(Class::getPackageName).containsOnly("dev.tidegate.admin");
        assertThat(RESOURCES)
                .extracting(type -> type.getAnnotation(Path.class).value())
                .containsExactlyInAnyOrder(
                        "circuits",
                        "drainers",
                        "history",
                        "instances",
                        "overrides",
                        "publishers",
                        "settings",
                        "status");
    }

    private static List<Method> calls() {
        return RESOURCES.stream()
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .filter(method -> verbOf(method).isPresent())
                .toList();
    }

    private static Optional<String> verbOf(Method method) {
        return Stream.of(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .flatMap(verb -> Stream.ofNullable(verb))
                .map(HttpMethod::value)
                .findFirst();
    }

    private static String pathOf(Method call) {
        Function<Path, String> value = Path::value;
        String own =
                Optional.ofNullable(call.getAnnotation(Path.class)).map(value).orElse("");
        return verbOf(call).orElseThrow() + " "
                + call.getDeclaringClass().getAnnotation(Path.class).value() + "/" + own;
    }

    private static Optional<String[]> rolesOf(Method call) {
        return Optional.ofNullable(call.getAnnotation(RolesAllowed.class))
                .or(() -> Optional.ofNullable(call.getDeclaringClass().getAnnotation(RolesAllowed.class)))
                .map(RolesAllowed::value);
    }
}
