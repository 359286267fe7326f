package dev.tidegate.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What a person needs to know once everything runs. */
final class ReadyBlock {
    private ReadyBlock() {}

    static String of(
            DemoSettings settings, List<LibertyServer> servers, Credentials credentials, Path credentialsFile) {
        return """

                ==============================================================================
                READY   %s
                Log in  user %s, password %s
                        (also in %s)

                Break a downstream, see its circuit open, and mend it:
                  curl -X PUT %s/payments/fault -d '{"mode":"error"}'
                  curl -X PUT %s/payments/fault -d '{"mode":"none"}'
                The others are orders, shipping, stock and mail; other modes hang, slow, refuse.
                What a downstream has seen:  curl %s/payments/calls
                %s
                Stop with Ctrl-C.
                ==============================================================================
                """.formatted(
                servers.stream().map(server -> server.address().toString()).collect(Collectors.joining("   ")),
                credentials.user(),
                credentials.password(),
                credentialsFile,
                settings.downstreamUrl(),
                settings.downstreamUrl(),
                settings.downstreamUrl(),
                servers.stream().map(ReadyBlock::server).collect(Collectors.joining("\n")));
    }

    private static String server(LibertyServer server) {
        return "Instance " + server.instance() + ": process " + server.child().pid() + ", log "
                + server.child().log();
    }
}
