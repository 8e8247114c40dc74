package jp.kakunin.hub.console;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.exchange.Backlog;
import jp.kakunin.exchange.DeviceReport;
import jp.kakunin.exchange.Limits;
import jp.kakunin.hub.fleet.Clinic;
import jp.kakunin.hub.fleet.EnrolledDevice;
import jp.kakunin.hub.fleet.FileDeviceDirectory;
import jp.kakunin.hub.fleet.FleetView;
import jp.kakunin.hub.fleet.FleetView.Seen;
import org.jspecify.annotations.Nullable;

/// Puts together what is enrolled and what was seen, one row per clinic, those that need attention first.
final class FleetTable {
    /// A device asks again at least once per wait; twice that without a word is silence.
    private static final Duration SILENT_AFTER = Limits.WAIT_MAX.multipliedBy(2);

    private final FileDeviceDirectory directory;
    private final FleetView fleet;
    private final InstantSource clock;

    FleetTable(FileDeviceDirectory directory, FleetView fleet, InstantSource clock) {
        this.directory = directory;
        this.fleet = fleet;
        this.clock = clock;
    }

    boolean knows(InstitutionCode clinic) {
        return directory.clinics().containsKey(clinic);
    }

    List<ClinicRow> rows() {
        Instant now = clock.instant();
        var order = Comparator.comparing(ClinicRow::state).thenComparing(ClinicRow::code);
        Map<InstitutionCode, List<EnrolledDevice>> devices = activeDevices();
        return directory.clinics().values().stream()
                .map(clinic -> row(clinic, devices.getOrDefault(clinic.code(), List.of()), now))
                .sorted(order)
                .toList();
    }

    private Map<InstitutionCode, List<EnrolledDevice>> activeDevices() {
        var byClinic = new HashMap<InstitutionCode, List<EnrolledDevice>>();
        for (EnrolledDevice device : directory.devices().values()) {
            if (device.state() == EnrolledDevice.State.ACTIVE) {
                device.clinics()
                        .forEach(clinic -> byClinic.computeIfAbsent(clinic, _ -> new ArrayList<>())
                                .add(device));
            }
        }
        return byClinic;
    }

    private ClinicRow row(Clinic clinic, List<EnrolledDevice> devices, Instant now) {
        List<Seen> seen = devices.stream()
                .flatMap(device -> fleet.device(device.id()).stream())
                .sorted(Comparator.comparing(Seen::lastSeen).reversed())
                .toList();
        List<Backlog> backlogs = seen.stream()
                .map(device -> device.backlogs().get(clinic.code()))
                .filter(Objects::nonNull)
                .toList();
        long unsent = backlogs.stream().mapToLong(Backlog::facts).sum();
        @Nullable Seen newest = seen.isEmpty() ? null : seen.getFirst();
        @Nullable DeviceReport report = newest == null ? null : newest.report();
        return new ClinicRow(
                clinic.code().digits(),
                clinic.name(),
                state(seen, unsent, now),
                newest == null ? null : newest.lastSeen(),
                unsent,
                backlogs.stream()
                        .map(Backlog::oldest)
                        .filter(Objects::nonNull)
                        .min(Instant::compareTo)
                        .orElse(null),
                backlogs.stream()
                        .map(Backlog::earliestDue)
                        .filter(Objects::nonNull)
                        .min(Comparator.naturalOrder())
                        .orElse(null),
                report == null ? null : report.reader().name(),
                report == null ? null : report.appVersion(),
                devices.size());
    }

    private static ClinicRow.State state(List<Seen> seen, long unsent, Instant now) {
        if (seen.isEmpty()) {
            return ClinicRow.State.NOT_SEEN;
        }
        Set<ClinicRow.State> states =
                seen.stream().map(device -> state(device, unsent, now)).collect(Collectors.toSet());
        // One connected device is enough for a clinic to be connected.
        for (var state : List.of(ClinicRow.State.LAGGING, ClinicRow.State.CONNECTED, ClinicRow.State.SILENT)) {
            if (states.contains(state)) {
                return state;
            }
        }
        return ClinicRow.State.LEFT;
    }

    private static ClinicRow.State state(Seen device, long unsent, Instant now) {
        if (device.report() != null && device.report().leaving() != null) {
            return ClinicRow.State.LEFT;
        }
        if (now.isAfter(device.lastSeen().plus(SILENT_AFTER))) {
            return ClinicRow.State.SILENT;
        }
        return unsent > 0 ? ClinicRow.State.LAGGING : ClinicRow.State.CONNECTED;
    }
}
