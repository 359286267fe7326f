package dev.tidegate.store;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * An instant in a column of type timestamp with time zone, on every database and in every time zone of the JVM. Without it
 * EclipseLink cannot read such a column of H2, which answers with an OffsetDateTime where PostgreSQL answers with a
 * Timestamp.
 */
@Converter
public class InstantColumn implements AttributeConverter<@Nullable Instant, @Nullable Object> {
    @Override
    public @Nullable Object convertToDatabaseColumn(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }

    @Override
    public @Nullable Instant convertToEntityAttribute(@Nullable Object column) {
        return column == null ? null : read(column);
    }

    /** The instant that a driver's value stands for, cut to what every database keeps. */
    static Instant read(Object column) {
        if (column instanceof Timestamp timestamp) {
            return Storable.instant(timestamp.toInstant());
        }
        if (column instanceof OffsetDateTime dateTime) {
            return Storable.instant(dateTime.toInstant());
        }
        if (column instanceof Instant instant) {
            return Storable.instant(instant);
        }
        throw new IllegalArgumentException("A timestamp with time zone was expected from the database, found a "
                + column.getClass().getName() + ": " + column);
    }
}
