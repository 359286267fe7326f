package dev.tidegate.demo;

import java.util.concurrent.CompletableFuture;
import kafka.Kafka;
import kafka.tools.StorageTool;

/** The broker's JVM: formats the directory if it is new, serves, and ends with the process that started it. */
public final class BrokerMain {
    /** Always the same, so that a directory that was formatted by an earlier start fits. */
    private static final String CLUSTER = "dGlkZWdhdGUtYnJva2VyMQ";

    private BrokerMain() {}

    /** Takes the path of the broker's properties. */
    public static void main(String[] arguments) {
        endWithParent();
        String properties = arguments[0];
        String[] format = {"format", "--ignore-formatted", "-t", CLUSTER, "-c", properties};
        int code = StorageTool.execute(format, System.out);
        if (code != 0) {
            System.exit(code);
        }
        Kafka.main(new String[] {properties});
    }

    /** A launcher that was killed cannot end its children; this one notices. */
    private static void endWithParent() {
        ProcessHandle.current().parent().ifPresent(parent -> {
            CompletableFuture<Void> unused = parent.onExit().thenRun(() -> System.exit(0));
        });
    }
}
