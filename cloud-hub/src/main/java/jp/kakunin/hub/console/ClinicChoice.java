package jp.kakunin.hub.console;

import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.hub.fleet.Clinic;
import org.jspecify.annotations.Nullable;

/// The clinic a list is narrowed to: `?clinic=CODE`, and all clinics without it or with an empty one.
///
/// @param clinic null for all clinics
record ClinicChoice(@Nullable InstitutionCode clinic) {
    private static final String FIELD = "clinic";

    /// @throws IllegalArgumentException if it is no institution code
    static ClinicChoice of(RoutingContext context) {
        @Nullable String code = context.request().getParam(FIELD);
        return new ClinicChoice(code == null || code.isEmpty() ? null : new InstitutionCode(code));
    }

    /// The first [Views#CLINICS_MAX] clinics by code; one beyond them is chosen by its address.
    List<Map<String, Object>> options(Map<InstitutionCode, Clinic> clinics) {
        List<Map<String, Object>> options = new ArrayList<>();
        clinics.values().stream()
                .filter(each -> !each.code().equals(clinic))
                .limit(Views.CLINICS_MAX)
                .forEach(each -> options.add(option(each, false)));
        @Nullable Clinic chosen = clinic == null ? null : clinics.get(clinic);
        if (chosen != null) {
            options.addFirst(option(chosen, true));
        }
        return options;
    }

    /// What goes on the address of this very list.
    String query() {
        return clinic == null ? "" : "?" + FIELD + "=" + clinic.digits();
    }

    private static Map<String, Object> option(Clinic clinic, boolean selected) {
        return Map.of("code", clinic.code().digits(), "name", clinic.name(), "selected", selected);
    }
}
