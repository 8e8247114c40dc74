package jp.kakunin.edge.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DeskGuardTest extends OpenDesk {
    @Test
    void a_form_without_its_token_records_nothing() {
        browser.open("/deferred");

        HttpResponse<String> answer =
                browser.send("/deferred", Map.of("csrf", "0".repeat(64), "clinic", CLINIC, "patientName", "山田"));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("W02");
        assertThat(desk.edge.recorded).isEmpty();
    }

    @Test
    void another_host_name_is_refused_and_told_nothing() throws IOException {
        String answer = raw("GET / HTTP/1.1\r\nHost: evil.example:" + port + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 403").doesNotContain("みどり", "csrf", "Set-Cookie", "set-cookie");
    }

    @Test
    void a_form_from_another_origin_is_refused() throws IOException {
        String answer = raw("POST /deferred HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nOrigin: http://evil.example\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 403");
    }

    @Test
    void a_body_over_the_limit_is_not_read() throws IOException {
        String answer = raw("POST /deferred HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nContent-Length: 16385\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413");
    }

    @Test
    void pages_forbid_foreign_content_and_storing() {
        HttpResponse<String> page = browser.open("/");

        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(page.body()).doesNotContain("style=\"", "onclick", "<script>");
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
