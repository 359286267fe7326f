package dev.tidegate.drain.wish;

import dev.tidegate.drain.Drainer;
import dev.tidegate.drain.DrainerSettings;
import dev.tidegate.drain.DrainerState;
import dev.tidegate.drain.DrainerStatus;
import dev.tidegate.drain.PauseCause;
import dev.tidegate.drain.SettingsOfDrainer;
import dev.tidegate.drain.Skip;
import dev.tidegate.drain.SkipAnswer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A drainer that answers to skips what the test wants. */
final class ScriptedDrainer implements Drainer {
    final SettingsOfDrainer settings = new SettingsOfDrainer();
    final List<Skip> skips = new ArrayList<>();
    final Set<PauseCause> causes = EnumSet.noneOf(PauseCause.class);
    SkipAnswer answer = new SkipAnswer.Elsewhere("not here");

    boolean isPaused() {
        return causes.contains(PauseCause.OPERATOR);
    }

    @Override
    public String name() {
        return settings.name;
    }

    @Override
    public DrainerSettings settings() {
        return settings.build();
    }

    @Override
    public DrainerStatus status() {
        return new DrainerStatus(
                name(), DrainerState.RUNNING, null, causes, name(), List.of(), "g", List.of(), 0, 0, 0, 0, 0, null);
    }

    @Override
    public void start() {}

    @Override
    public void pause(PauseCause cause) {
        causes.add(cause);
    }

    @Override
    public void resume(PauseCause cause) {
        causes.remove(cause);
    }

    @Override
    public SkipAnswer skip(Skip skip) {
        skips.add(skip);
        return answer;
    }

    @Override
    public boolean isAlive(Duration within) {
        return true;
    }

    @Override
    public boolean hasJoined() {
        return true;
    }

    @Override
    public void stop() {}
}
