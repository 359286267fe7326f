package dev.tidegate.drain.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.tidegate.fixture.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An HTTP server byte by byte: a test says what each request gets, and sees each request as it came over the wire. */
public final class RawServer implements AutoCloseable {
    public static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

    /** What a request gets. */
    public interface Script {
        /** @param nth of all requests, from 1 */
        void answer(int nth, Socket connection) throws IOException;
    }

    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final Script script;

    public RawServer(Script script) throws IOException {
        this.script = script;
        this.listener = new ServerSocket(Ports.free(), 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    public static void say(Socket connection, String answer) throws IOException {
        connection.getOutputStream().write(answer.getBytes(ISO_8859_1));
        connection.getOutputStream().flush();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort());
    }

    /** Heads and bodies, one character a byte. */
    public List<String> requests() {
        return requests;
    }

    int connections() {
        return connections.size();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket connection : connections) {
            connection.close();
        }
        threads.shutdownNow();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket connection = listener.accept();
                connections.add(connection);
                threads.execute(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = connection.getInputStream();
            String head = head(in);
            while (head != null) {
                Matcher length = LENGTH.matcher(head);
                byte[] body = length.find() ? in.readNBytes(Integer.parseInt(length.group(1))) : new byte[0];
                int nth;
                synchronized (this) {
                    requests.add(head + new String(body, ISO_8859_1));
                    nth = requests.size();
                }
                script.answer(nth, connection);
                head = connection.isClosed() ? null : head(in);
            }
        } catch (IOException broken) {
            // As scripted.
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
