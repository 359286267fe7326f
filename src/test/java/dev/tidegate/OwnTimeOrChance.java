package dev.tidegate;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** A call, or a reference to a method, that asks the machine for the time or for chance. A seeded {@link Random} is none. */
final class OwnTimeOrChance extends DescribedPredicate<JavaAccess<?>> {
    private static final Map<Class<?>, Set<String>> ASKING = Map.ofEntries(
            Map.entry(System.class, Set.of("nanoTime", "currentTimeMillis")),
            Map.entry(Instant.class, Set.of("now")),
            Map.entry(LocalDate.class, Set.of("now")),
            Map.entry(LocalDateTime.class, Set.of("now")),
            Map.entry(OffsetDateTime.class, Set.of("now")),
            Map.entry(ZonedDateTime.class, Set.of("now")),
            Map.entry(Clock.class, Set.of("systemUTC", "systemDefaultZone", "system", "tickMillis", "tickSeconds")),
            Map.entry(InstantSource.class, Set.of("system")),
            Map.entry(Math.class, Set.of("random")),
            Map.entry(UUID.class, Set.of("randomUUID")),
            Map.entry(ThreadLocalRandom.class, Set.of("current")),
            Map.entry(SecureRandom.class, Set.of("<init>")));

    OwnTimeOrChance() {
        super("asks the machine for the time or for chance");
    }

    @Override
    public boolean test(JavaAccess<?> access) {
        AccessTarget target = access.getTarget();
        if (isUnseededRandom(target)) {
            return true;
        }
        return ASKING.entrySet().stream()
                .filter(entry -> target.getOwner().isEquivalentTo(entry.getKey()))
                .anyMatch(entry -> entry.getValue().contains(target.getName()));
    }

    private static boolean isUnseededRandom(AccessTarget target) {
        return target.getOwner().isEquivalentTo(Random.class)
                && target instanceof AccessTarget.ConstructorCallTarget constructor
                && constructor.getRawParameterTypes().isEmpty();
    }
}
