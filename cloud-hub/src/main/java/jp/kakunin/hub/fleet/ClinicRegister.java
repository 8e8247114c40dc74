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
            Enrolled clinics. Written by `hub enrol`; names may be edited by hand, changes count at once.
            code: institution code, 10 digits; enrolled: date in Japan""";

    private final Table<Clinic> table;

    public ClinicRegister(Path file) {
        this.table = new Table<>(file, NOTE, List.of("code", "name", "enrolled"), ClinicRegister::clinic);
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
                        clinic.code().digits(), clinic.name(), clinic.enrolled().toString()))
                .toList());
    }

    private static Clinic clinic(List<String> fields) {
        return new Clinic(new InstitutionCode(fields.get(0)), fields.get(1), LocalDate.parse(fields.get(2)));
    }
}
