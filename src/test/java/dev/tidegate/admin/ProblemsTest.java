package dev.tidegate.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidegate.core.StoreException;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemsTest {
    private static final List<String> NAMES = List.of("orders", "payments", "shipping", "stock", "mail");

    @Test
    void an_unknown_name_is_answered_with_the_nearest_ones() {
        Problem problem = Unknown.name("circuit", "oders", NAMES).problem();

        assertThat(problem.status()).isEqualTo(404);
        assertThat(problem.nearest()).containsExactly("orders");
        assertThat(problem.detail()).isEqualTo("there is no circuit 'oders' on this instance; near that are orders");
    }

    @Test
    void a_name_like_no_other_is_answered_with_none() {
        assertThat(Unknown.name("circuit", "<script>alert(1)</script>", NAMES)
                        .problem()
                        .detail())
                .isEqualTo("there is no circuit '<script>alert(1)</script>' on this instance");
    }

    @Test
    void a_name_of_ten_kilobytes_is_told_cut_and_compared_cut() {
        Problem problem = Unknown.name("circuit", "x".repeat(10_240), NAMES).problem();

        assertThat(problem.detail()).hasSizeLessThan(150).contains("…");
        assertThat(problem.nearest()).isEmpty();
    }

    @Test
    void a_store_that_is_away_is_not_available_and_its_address_is_not_told() {
        Problem problem = ProblemMapper.problemOf(new StoreException("refused by db.internal:5432", null));

        assertThat(problem).isEqualTo(Problem.of(503, "the store does not answer: try again later"));
    }

    @Test
    void any_other_exception_is_a_server_error_of_which_the_message_is_not_told() {
        Problem problem = ProblemMapper.problemOf(new IllegalStateException("secret\nof many lines"));

        assertThat(problem.status()).isEqualTo(500);
        assertThat(problem.detail()).doesNotContain("secret");
    }

    @Test
    void a_problem_has_the_members_of_the_standard() {
        String json = new JsonOfDocuments()
                .getContext(Problem.class)
                .toJson(Unknown.name("drainer", "a\"\r\n\u0000", NAMES).problem());

        JsonObject document = Json.createReader(new StringReader(json)).readObject();
        assertThat(document.keySet()).containsExactlyInAnyOrder("type", "title", "status", "detail", "nearest");
        assertThat(document.getInt("status")).isEqualTo(404);
        assertThat(document.getString("detail")).contains("a\"\r\n\u0000");
    }
}
