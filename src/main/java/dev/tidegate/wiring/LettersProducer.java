package dev.tidegate.wiring;

import dev.tidegate.drain.Drainers;
import dev.tidegate.publish.ProducerFactory;
import dev.tidegate.publish.letters.DeadLetters;
import dev.tidegate.publish.letters.LetterOffice;
import dev.tidegate.store.LetterMarks;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/** What looks after dead letters. */
@Dependent
public class LettersProducer {
    @Produces
    @Singleton
    @Typed(LetterClients.class)
    LetterClients clients(
            TidegateSettings settings, Drainers drainers, ProducerFactory producers, Surroundings surroundings) {
        return new LetterClients(settings.drainers(), drainers, KafkaConsumer::new, producers, surroundings.ticker());
    }

    @Produces
    @Singleton
    DeadLetters letters(LetterClients clients, LetterMarks marks) {
        return new DeadLetters(clients, marks, clients::topics);
    }

    @Produces
    @Singleton
    LetterOffice office(DeadLetters letters, LetterMarks marks, LetterClients clients, Surroundings surroundings) {
        return new LetterOffice(
                letters, marks, clients, surroundings.ticker(), time -> TimeUnit.NANOSECONDS.sleep(time.toNanos()));
    }
}
