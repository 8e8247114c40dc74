package jp.kakunin.edge.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A browser without a screen: keeps cookies, follows redirects after a form, and sends the form token of the last
/// page.
final class Browser {
    private static final Pattern TOKEN = Pattern.compile("name=\"csrf\" value=\"([0-9a-f]+)\"");

    private static final Pattern HIDDEN = Pattern.compile("type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");

    private final CookieManager cookies = new CookieManager();

    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .version(HttpClient.Version.HTTP_1_1)
            .build();
    private final String desk;
    private String token = "";

    Browser(int port) {
        desk = "http://127.0.0.1:" + port;
    }

    /// As it would send them.
    String cookies() {
        return cookies.getCookieStore().getCookies().stream()
                .map(each -> each.getName() + "=" + each.getValue())
                .collect(Collectors.joining("; "));
    }

    HttpResponse<String> open(String path) {
        return sent(HttpRequest.newBuilder(URI.create(desk + path)).GET().build());
    }

    /// What the forms of a page would send by themselves.
    Map<String, String> hiddenFields(String path, String prefix) {
        Map<String, String> fields = new HashMap<>();
        Matcher matcher = HIDDEN.matcher(open(path).body());
        while (matcher.find()) {
            if (matcher.group(1).startsWith(prefix)) {
                fields.put(matcher.group(1), matcher.group(2));
            }
        }
        return fields;
    }

    HttpResponse<String> send(String path, Map<String, String> fields) {
        return sent(form(path, fields));
    }

    /// Sends a form that a file comes from.
    HttpResponse<byte[]> save(String path) {
        return sent(form(path, Map.of()), HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpRequest form(String path, Map<String, String> fields) {
        Map<String, String> all = new HashMap<>(fields);
        all.putIfAbsent("csrf", token);
        String body = all.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return HttpRequest.newBuilder(URI.create(desk + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    HttpResponse<String> sent(HttpRequest request) {
        HttpResponse<String> response = sent(request, HttpResponse.BodyHandlers.ofString());
        Matcher matcher = TOKEN.matcher(response.body());
        if (matcher.find()) {
            token = matcher.group(1);
        }
        return response;
    }

    private <T> HttpResponse<T> sent(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
        try {
            return client.send(request, handler);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// The main page in both languages; given back in Japanese.
    String showsInBothLanguages(String japanese, String english) {
        assertThat(open("/?lang=en").body()).contains(escaped(english));
        String page = open("/?lang=ja").body();
        assertThat(page).contains(escaped(japanese));
        return page;
    }

    private static String escaped(String text) {
        return text.replace("\"", "&quot;").replace("'", "&#39;");
    }
}
