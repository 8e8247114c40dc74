package jp.kakunin.hub.console;

import java.util.Map;
import java.util.TreeMap;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.hub.fleet.Clinic;
import jp.kakunin.hub.fleet.EnrolledDevice;
import jp.kakunin.journal.JournalEntry.Origin;
import org.jspecify.annotations.Nullable;

/// What the page about the quarantine shows, with the names that clinics and devices were enrolled under.
record QuarantineView(Map<InstitutionCode, Clinic> clinics, Map<DeviceId, EnrolledDevice> devices) {
    Map<String, Object> values(Language language, Quarantine.Items found, ClinicChoice choice, Views views) {
        var values = views.ofClinic(language, choice, clinics);
        int items = found.items().size();
        values.put(
                "rows", found.items().stream().map(item -> row(language, item)).toList());
        values.put(
                "counts",
                Views.counts(
                        language,
                        "reason.",
                        found.items(),
                        item -> item.reason().name()));
        values.put("count", Texts.text(language, "quarantine.count", items));
        values.put("more", found.more() ? Texts.text(language, "quarantine.more", items) : "");
        return values;
    }

    private Map<String, Object> row(Language language, Quarantine.Item item) {
        @Nullable Clinic clinic = clinics.get(item.clinic());
        @Nullable Origin origin = item.origin();
        @Nullable EnrolledDevice device = origin == null ? null : devices.get(origin.device());
        var row = new TreeMap<String, Object>();
        row.put("received", Views.moment(item.receivedAt()));
        row.put("code", item.clinic().digits());
        row.put("name", clinic == null ? "" : clinic.name());
        row.put("device", origin == null ? "–" : origin.device().toString());
        row.put("deviceName", device == null ? "" : device.name());
        row.put("reason", item.reason().name());
        row.put("reasonText", Texts.text(language, "reason." + item.reason()));
        row.put("remedy", item.remedy(language));
        row.put("place", item.month() + " " + item.position());
        return row;
    }
}
