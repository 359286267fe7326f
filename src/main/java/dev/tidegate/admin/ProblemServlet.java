package dev.tidegate.admin;

import jakarta.json.bind.Jsonb;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Answers with a problem document where the server itself refuses, before any resource is asked: no login, no such page. */
@WebServlet(urlPatterns = ProblemServlet.PATH, asyncSupported = true)
public class ProblemServlet extends HttpServlet {
    static final String PATH = "/problem";
    private static final long serialVersionUID = 1L;

    private final transient Jsonb jsonb = new JsonOfDocuments().getContext(Problem.class);

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int status = status(request);
        response.setStatus(status);
        response.setContentType(Problem.MEDIA_TYPE);
        response.setHeader("Cache-Control", "no-store");
        String document = jsonb.toJson(Problem.of(status, ProblemMapper.detailOf(status)));
        response.getOutputStream().write(document.getBytes(StandardCharsets.UTF_8));
    }

    private static int status(HttpServletRequest request) {
        boolean isForwarded = request.getDispatcherType() == DispatcherType.ERROR;
        return isForwarded && request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer status
                ? status
                : HttpServletResponse.SC_NOT_FOUND;
    }
}
