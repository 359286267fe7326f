package dev.tidegate.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;

class DatabaseCheckTest {
    private static final String LIMITED = "jdbc:postgresql://db/t?connectTimeout=1&socketTimeout=1";

    @Test
    void a_postgresql_without_limits_is_refused_with_the_line_to_add() {
        assertThat(ReadSettings.errorsOf("DB_URL", "jdbc:postgresql://db/t?ssl=true", "DB_PASSWORD", "x"))
                .singleElement()
                .satisfies(error -> assertThat(error.problem())
                        .endsWith("write DB_URL=jdbc:postgresql://db/t?ssl=true&connectTimeout=1&socketTimeout=1"));
    }

    @Test
    void a_postgresql_with_one_limit_or_too_long_a_one_is_refused() {
        assertThat(ReadSettings.errorsOf("DB_URL", "jdbc:postgresql://db/t?connectTimeout=1", "DB_PASSWORD", "x"))
                .hasSize(1);
        assertThat(ReadSettings.errorsOf(
                        "DB_URL", "jdbc:postgresql://db/t?connectTimeout=1&socketTimeout=30", "DB_PASSWORD", "x"))
                .singleElement()
                .satisfies(error -> assertThat(error.problem()).endsWith("write DB_URL=" + LIMITED));
    }

    @Test
    void a_postgresql_with_a_blank_password_is_refused() {
        assertThat(ReadSettings.errorsOf("DB_URL", LIMITED, "DB_PASSWORD", ""))
                .extracting(SettingError::key, SettingError::problem)
                .containsExactly(
                        tuple("DB_PASSWORD", "is blank, and DB_URL names a PostgreSQL; set the password of DB_USER"));
        assertThat(ReadSettings.errorsOf("DB_URL", LIMITED)).hasSize(1);
    }

    @Test
    void a_login_timeout_is_refused() {
        assertThat(ReadSettings.errorsOf("DB_URL", LIMITED + "&loginTimeout=1", "DB_PASSWORD", "x"))
                .hasSize(1);
    }

    @Test
    void an_h2_file_that_may_lose_commits_is_refused() {
        assertThat(ReadSettings.errorsOf("DB_URL", "jdbc:h2:file:./data"))
                .singleElement()
                .satisfies(error ->
                        assertThat(error.problem()).endsWith("write DB_URL=jdbc:h2:file:./data;WRITE_DELAY=0"));
        assertThat(ReadSettings.errorsOf("DB_URL", "jdbc:h2:file:./data;WRITE_DELAY=05"))
                .hasSize(1);
        assertThat(ReadSettings.errorsOf("DB_URL", "jdbc:h2:file:./data;WRITE_DELAY=0;INIT=X"))
                .isEmpty();
    }

    @Test
    void another_database_is_refused() {
        assertThat(ReadSettings.errorsOf("DB_URL", "jdbc:mysql://db/t")).hasSize(1);
        assertThat(ReadSettings.errorsOf("DB_URL", "jdbc:h2:tcp://db/t")).hasSize(1);
    }

    @Test
    void a_password_in_the_url_is_never_shown() {
        TidegateSettings settings = ReadSettings.from("DB_URL", LIMITED + "&password=s3cret", "DB_PASSWORD", "x");

        assertThat(settings.databaseUrl()).isEqualTo(LIMITED + "&password=***");
        assertThat(settings.values()).extracting(SettingValue::value).noneMatch(value -> value.contains("s3cret"));
    }
}
