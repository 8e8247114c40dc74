package jp.kakunin.load.bench;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The desk as an open page has it: told by events, fetched anew, and its forms sent. What a browser then needs to
/// draw it is not in here.
final class DeskPage implements AutoCloseable {
    private static final Pattern HIDDEN = Pattern.compile("type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");
    private static final long CHANGE_MILLIS_MAX = 10_000;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .build();
    private final URI desk;
    private final DeskEvents events;

    private DeskPage(URI desk, DeskEvents events) {
        this.desk = desk;
        this.events = events;
    }

    static DeskPage open(String desk) throws IOException, InterruptedException {
        return new DeskPage(URI.create(desk), DeskEvents.open(desk));
    }

    String get(String path) throws IOException, InterruptedException {
        return body(HttpRequest.newBuilder(desk.resolve(path)).build());
    }

    /// The main page, as soon as it shows that.
    String await(String shown) throws IOException, InterruptedException {
        while (true) {
            events.forget(); // what came so far is in what is fetched now
            String html = get("/");
            if (html.contains(shown)) {
                return html;
            }
            if (!events.await(CHANGE_MILLIS_MAX)) {
                throw new IOException("the desk does not show " + shown);
            }
        }
    }

    /// Sends the form of a page, found by where it goes, with what was typed.
    ///
    /// @return the page that follows
    String send(String html, String action, Map<String, String> typed) throws IOException, InterruptedException {
        int form = html.indexOf("action=\"" + action + "\"");
        if (form < 0) {
            throw new IOException("there is no form for " + action);
        }
        Map<String, String> fields = new HashMap<>();
        Matcher hidden = HIDDEN.matcher(html.substring(form, html.indexOf("</form>", form)));
        while (hidden.find()) {
            fields.put(hidden.group(1), hidden.group(2));
        }
        fields.putAll(typed);
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return body(HttpRequest.newBuilder(desk.resolve(action))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", action.equals("/tap") ? "application/json" : "text/html")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private String body(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() > 202) {
            throw new IOException(request.uri().getPath() + " answered with status " + response.statusCode());
        }
        return response.body();
    }

    @Override
    public void close() {
        events.close();
        http.shutdownNow();
    }
}
