package jp.kakunin.hub.fleet;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.hub.disk.Table;

/// `clinics.csv`: the enrolled clinics.
public final class ClinicRegister {
    private static final String NOTE = """
            Enrolled clinics. Written by `hub account` and `hub enrol`; all but the code may be edited by hand, changes count at once.
            code: institution code, 10 digits; enrolled: date in Japan; prefecture: JIS X 0401; carrier: of the clinic's line; kind: of clinic""";

    private final Table<Clinic> table;

    public ClinicRegister(Path file) {
        var header = List.of("code", "name", "enrolled", "prefecture", "carrier", "kind");
        this.table = new Table<>(file, NOTE, header, ClinicRegister::clinic);
    }

    public Map<InstitutionCode, Clinic> read() throws IOException {
        var clinics = new TreeMap<InstitutionCode, Clinic>();
        for (Clinic clinic : table.rows()) {
            clinics.put(clinic.code(), clinic);
        }
        return clinics;
    }

    public void write(Map<InstitutionCode, Clinic> clinics) throws IOException {
        table.write(clinics.values().stream()
                .map(clinic -> List.of(
                        clinic.code().digits(),
                        clinic.name(),
                        clinic.enrolled().toString(),
                        String.valueOf(clinic.prefecture()),
                        clinic.carrier(),
                        clinic.kind()))
                .toList());
    }

    private static Clinic clinic(List<String> fields) {
        return new Clinic(
                new InstitutionCode(fields.get(0)),
                fields.get(1),
                LocalDate.parse(fields.get(2)),
                Integer.parseInt(fields.get(3)),
                fields.get(4),
                fields.get(5));
    }
}
