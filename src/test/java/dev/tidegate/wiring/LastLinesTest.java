package dev.tidegate.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.logging.LogManager;
import org.junit.jupiter.api.Test;

class LastLinesTest {
    /** With the switch that Liberty's has. */
    public static final class Switched extends LogManager {
        private boolean keepsHandlers;

        public void disableReset() {
            keepsHandlers = true;
        }
    }

    @Test
    void a_log_manager_with_the_switch_is_told_to_keep_its_handlers() {
        Switched logs = new Switched();

        LastLines.keep(logs);

        assertThat(logs.keepsHandlers).isTrue();
    }

    @Test
    void one_without_it_is_left_alone() {
        assertThatNoException().isThrownBy(() -> LastLines.keep(LogManager.getLogManager()));
    }
}
