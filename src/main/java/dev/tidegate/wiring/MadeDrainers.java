package dev.tidegate.wiring;

import dev.tidegate.drain.KafkaDrainers;
import dev.tidegate.publish.DeadLetterSender;
import java.util.List;

/** The drainers, and what is closed after them. */
record MadeDrainers(KafkaDrainers drainers, List<DeadLetterSender> senders) {
    MadeDrainers {
        senders = List.copyOf(senders);
    }

    void close() {
        drainers.close();
        senders.forEach(DeadLetterSender::close);
    }
}
