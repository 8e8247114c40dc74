package jp.kakunin.edge.desk;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.TreeMap;
import java.util.regex.Pattern;
import jp.kakunin.edge.activation.Trouble;
import jp.kakunin.edge.doctor.Fault;
import jp.kakunin.edge.reader.ReaderFault;
import jp.kakunin.edge.reader.ReaderState;
import jp.kakunin.edge.reader.ReaderTexts;

/// The clinic's manual, from `ops/manual`: part of the program, so that it is there without a line. The codes in it are
/// the program's own, and so are always all.
final class Manual {
    static final String PATH = "/help";
    private static final String CODES = "<!-- codes -->";
    private static final Pattern PICTURE = Pattern.compile("[a-z0-9-]{1,60}\\.png");
    private static final Buffer PAGE = page();

    private Manual() {}

    static void add(Router router) {
        router.get(PATH).handler(context -> send(context, "text/html; charset=utf-8", PAGE));
        router.get(PATH + "/pictures/:name").handler(Manual::picture);
        router.get("/static/manual.js")
                .handler(context -> send(context, "text/javascript; charset=utf-8", read("static/manual.js")));
    }

    /// What each code means to the staff.
    static Map<String, String> codes() {
        Texts texts = Texts.in(Language.JA);
        ReaderTexts reader = texts.reader();
        Map<String, String> codes = new TreeMap<>();
        for (ReaderState state : ReaderState.values()) {
            codes.put(state.code(), reader.staff(state.code()));
        }
        for (ReaderFault fault : ReaderFault.values()) {
            codes.put(fault.code(), reader.staff(fault.code()));
        }
        codes.put(ReaderTexts.WRONG_PIN, reader.staff(ReaderTexts.WRONG_PIN, "…"));
        codes.put(ReaderTexts.PIN_BLOCKED, reader.staff(ReaderTexts.PIN_BLOCKED));
        codes.put(ReaderTexts.LAST_TRY, reader.staff(ReaderTexts.LAST_TRY));
        for (Advice advice : Advice.values()) {
            codes.put(advice.code(), texts.text(advice.staffKey(), "…", "…"));
        }
        for (Problem problem : Problem.values()) {
            codes.put(problem.code(), texts.text(problem.staffKey(), "…"));
        }
        ResourceBundle doctor = ResourceBundle.getBundle(
                "jp.kakunin.edge.doctor.texts",
                Locale.ROOT,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
        for (Fault fault : Fault.values()) {
            codes.put(fault.code(), doctor.getString(fault.code() + ".staff"));
        }
        for (Trouble trouble : Trouble.values()) {
            codes.put(trouble.code(), texts.text("trouble", trouble));
        }
        return codes;
    }

    private static Buffer page() {
        StringBuilder table = new StringBuilder(
                "<table aria-labelledby=\"codes\"><thead><tr><th scope=\"col\">コード</th><th scope=\"col\">意味と、すること</th>"
                        + "</tr></thead><tbody>\n");
        codes().forEach((code, staff) -> table.append("<tr><th scope=\"row\">")
                .append(code)
                .append("</th><td>")
                .append(staff.replace("&", "&amp;").replace("<", "&lt;"))
                .append("</td></tr>\n"));
        String page = read("manual/manual.html").toString(StandardCharsets.UTF_8);
        return Buffer.buffer(page.replace(CODES, table + "</tbody></table>"));
    }

    private static void picture(RoutingContext context) {
        String name = String.valueOf(context.pathParam("name"));
        if (PICTURE.matcher(name).matches() && Manual.class.getResource("manual/pictures/" + name) != null) {
            send(context, "image/png", read("manual/pictures/" + name));
        } else {
            context.next();
        }
    }

    private static void send(RoutingContext context, String type, Buffer content) {
        context.response().putHeader("Content-Type", type).end(content);
    }

    private static Buffer read(String name) {
        try (InputStream stream = Manual.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is missing in the program");
            }
            return Buffer.buffer(stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
