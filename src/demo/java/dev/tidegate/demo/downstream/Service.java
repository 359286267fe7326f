package dev.tidegate.demo.downstream;

import com.sun.net.httpserver.HttpExchange;
import jakarta.json.Json;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One name of the downstream: its fault, its open calls and its log. Thread-safe.
 *
 * <p>A call that hangs or waits holds no thread, so however many do, the other names are answered.
 */
final class Service {
    private static final int OVERLOADED_STATUS = 503;

    private final String name;
    private final Limits limits;
    private final RandomGenerator random;
    private final ScheduledExecutorService later;
    private final CallLog log;
    private final AtomicLong ownIds = new AtomicLong();
    private final AtomicInteger open = new AtomicInteger();
    private final Set<OpenCall> hung = ConcurrentHashMap.newKeySet();
    private volatile Fault fault = Fault.NONE;

    /** @param later answers calls that are slow */
    Service(String name, Limits limits, RandomGenerator random, ScheduledExecutorService later) {
        this.name = name;
        this.limits = limits;
        this.random = random;
        this.later = later;
        this.log = new CallLog(limits);
    }

    /** A call whose body has been read. */
    void accept(HttpExchange exchange, @Nullable String id, @Nullable String key, int bytes) {
        int before = open.getAndIncrement();
        String known = id == null ? name + "-" + ownIds.incrementAndGet() : id;
        OpenCall call = new OpenCall(exchange, known, key, this::end);
        if (before >= limits.openCalls()) {
            call.answer(Outcome.OVERLOADED, problem(OVERLOADED_STATUS, "too many calls are open"));
            return;
        }
        Fault met = metFault();
        switch (met.mode()) {
            case NONE -> call.answer(Outcome.DONE, result(call, bytes));
            case ERROR -> call.answer(Outcome.ERROR, problem(met.status(), "broken on purpose"));
            case REFUSE -> call.drop(Outcome.REFUSED);
            case SLOW -> answerLater(call, met, bytes);
            case HANG -> hang(call);
        }
    }

    /** What hangs is let go, unless the new fault hangs as well. */
    void fault(Fault next) {
        fault = next;
        if (next.mode() != Mode.HANG) {
            dropHung();
        }
    }

    Fault fault() {
        return fault;
    }

    List<Call> calls() {
        return log.calls();
    }

    Counts counts() {
        return log.counts(open.get());
    }

    void dropHung() {
        hung.forEach(call -> call.drop(Outcome.HUNG));
    }

    private Fault metFault() {
        Fault current = fault;
        return current.ratio() >= 1 || random.nextDouble() < current.ratio() ? current : Fault.NONE;
    }

    private void answerLater(OpenCall call, Fault met, int bytes) {
        ScheduledFuture<?> unused = later.schedule(
                () -> call.answer(Outcome.DONE, result(call, bytes)),
                met.delay().toNanos(),
                TimeUnit.NANOSECONDS);
    }

    private void hang(OpenCall call) {
        hung.add(call);
        // The fault may have been lifted between the reading of it and the line above.
        if (fault.mode() != Mode.HANG) {
            call.drop(Outcome.HUNG);
        }
    }

    private void end(OpenCall call, Call ended) {
        hung.remove(call);
        open.decrementAndGet();
        log.add(ended);
    }

    private Answer result(OpenCall call, int bytes) {
        return new Answer(
                200,
                Json.createObjectBuilder()
                        .add("handled", call.id())
                        .add("by", name)
                        .add("bytes", bytes)
                        .build());
    }

    static Answer problem(int status, String detail) {
        return new Answer(
                status,
                Json.createObjectBuilder()
                        .add("status", status)
                        .add("detail", detail)
                        .build());
    }
}
