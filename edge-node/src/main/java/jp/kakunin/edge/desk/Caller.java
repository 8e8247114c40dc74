package jp.kakunin.edge.desk;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who opened a page: in which language and for which clinic. Both stay chosen until chosen otherwise, also
/// a clinic that ended: nobody must find another one in its place.
record Caller(Language language, Clinic clinic) {
    static Caller of(RoutingContext context, Reception reception) {
        HttpServerRequest request = context.request();
        Language language = language(request);
        String code = chosen(request, "clinic");
        List<Clinic> clinics = reception.clinics();
        Clinic clinic = clinics.stream()
                .filter(each -> each.code().digits().equals(code))
                .findFirst()
                .orElseGet(() -> reception.offered().stream().findFirst().orElse(clinics.getFirst()));
        return new Caller(language, clinic);
    }

    static Language language(HttpServerRequest request) {
        Language language = Language.named(chosen(request, "lang"));
        return language == null ? Language.JA : language;
    }

    Texts texts() {
        return Texts.in(language);
    }

    private static @Nullable String chosen(HttpServerRequest request, String name) {
        String asked = request.getParam(name);
        String cookie = "kakunin-" + name;
        if (asked != null && asked.matches("[a-z0-9]{2,10}")) {
            DeskCookies.giveForLong(request, cookie, asked);
            return asked;
        }
        return DeskCookies.read(request, cookie);
    }
}
