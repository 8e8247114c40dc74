package jp.kakunin.edge.desk;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jp.kakunin.edge.activation.Trouble;

/// The pages of an edge without an identity, as `ActivationServer` shows them without a hub, and of a tablet that is
/// not paired yet, without its TLS.
final class ActivationPages {
    private static final String WHERE = "/pages/";
    private static final Map<String, String> TITLES = Map.of("activated", "activate.done", "pair", "pair.title");
    private final Pages pages = new Pages();

    private ActivationPages() {}

    /// @param field the one that is refused; empty for none
    static String path(String page, String field) {
        return WHERE + page + "?field=" + field;
    }

    static void add(Router router) {
        ActivationPages pages = new ActivationPages();
        router.get(WHERE + ":page").handler(pages::show);
        router.get("/static/activate.js")
                .handler(context -> context.response()
                        .putHeader("Content-Type", "text/javascript")
                        .end());
    }

    private void show(RoutingContext context) {
        Language language = Caller.language(context.request());
        Texts texts = Texts.in(language);
        String page = String.valueOf(context.pathParam("page"));
        Map<String, Object> model = new HashMap<>();
        model.put("csrf", "0");
        model.put("typed", Map.of("hub", "https://hub.example.jp:8443", "institutionCode", "1380000016"));
        model.put("problem", problem(page, String.valueOf(context.request().getParam("field")), texts));
        model.put("hub", "https://hub.example.jp:8443");
        model.put("termsVersion", "1");
        model.put("terms", terms(language));
        model.put("again", false);
        model.put("done", "activate.finished");
        model.put("open", "/");
        model.put("to", "/");
        model.put("title", texts.text(TITLES.getOrDefault(page, "activate.title")));
        context.response()
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .end(pages.render(page, language, model));
    }

    private static List<String> terms(Language language) {
        return language == Language.JA
                ? List.of("第1条 この端末は施術所の資格確認だけに使います。", "第2条 票は鍵のかかる所にしまいます。")
                : List.of(
                        "1. This device serves the clinic's eligibility checks only.",
                        "2. Keep the sheet locked away.");
    }

    private static ProblemView problem(String page, String field, Texts texts) {
        if (field.isEmpty()) {
            return ProblemView.NONE;
        }
        if (page.equals("pair")) {
            return ProblemView.of(Problem.PAIRING_CODE_WRONG, texts);
        }
        for (Trouble each : Trouble.values()) {
            if (each.field().equals(field)) {
                return new ProblemView(
                        each.code(), field, texts.text("trouble", each), texts.text("trouble.supplier", each));
            }
        }
        return ProblemView.NONE;
    }
}
