package jp.kakunin.hub.fleet;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.hub.disk.Table;

/// `devices.csv`: the enrolled devices and their state.
public final class DeviceRegister {
    private static final String NOTE = """
            Enrolled devices. Written by activations, `hub enrol` and `hub device`; the state may be edited by hand, changes count at the next request.
            state: ACTIVE, REVOKED (sees nothing; what it captured before is taken into quarantine) or STOLEN (is believed nothing)
            clinics: institution codes with spaces between, a "-" before one whose declaration has ended (the device sees nothing
            of it; what it captured before is taken into quarantine)
            certificates: SHA-256 of the client certificates it may come with, the newest last; until: the end of the newest""";

    private static final String ENDED = "-";
    private static final HexFormat HEX = HexFormat.of();

    private final Table<EnrolledDevice> table;

    public DeviceRegister(Path file) {
        var header = List.of("device", "name", "state", "clinics", "certificates", "until", "enrolled");
        this.table = new Table<>(file, NOTE, header, DeviceRegister::device);
    }

    public Map<DeviceId, EnrolledDevice> read() throws IOException {
        var devices = new LinkedHashMap<DeviceId, EnrolledDevice>();
        for (EnrolledDevice device : table.rows()) {
            devices.put(device.id(), device);
        }
        return devices;
    }

    public void write(Map<DeviceId, EnrolledDevice> devices) throws IOException {
        table.write(devices.values().stream().map(DeviceRegister::fields).toList());
    }

    private static List<String> fields(EnrolledDevice device) {
        Stream<String> active = new TreeSet<>(device.clinics()).stream().map(InstitutionCode::digits);
        Stream<String> ended = new TreeSet<>(device.ended()).stream().map(clinic -> ENDED + clinic.digits());
        String clinics = Stream.concat(active, ended).collect(Collectors.joining(" "));
        return List.of(
                device.id().toString(),
                device.name(),
                device.state().name(),
                clinics,
                device.certificates().stream()
                        .map(each -> HEX.formatHex(each.bytes()))
                        .collect(Collectors.joining(" ")),
                device.until().toString(),
                device.enrolled().toString());
    }

    private static EnrolledDevice device(List<String> fields) {
        Set<InstitutionCode> clinics = new HashSet<>();
        Set<InstitutionCode> ended = new HashSet<>();
        for (String code : fields.get(3).split(" +")) {
            if (code.startsWith(ENDED)) {
                ended.add(new InstitutionCode(code.substring(ENDED.length())));
            } else {
                clinics.add(new InstitutionCode(code));
            }
        }
        return new EnrolledDevice(
                DeviceId.parse(fields.get(0)),
                fields.get(1),
                EnrolledDevice.State.valueOf(fields.get(2)),
                clinics,
                ended,
                Stream.of(fields.get(4).split(" +"))
                        .map(each -> new Digest(HEX.parseHex(each)))
                        .toList(),
                Instant.parse(fields.get(5)),
                LocalDate.parse(fields.get(6)));
    }
}
