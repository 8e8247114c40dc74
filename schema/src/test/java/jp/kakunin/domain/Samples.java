package jp.kakunin.domain;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Made-up people, insurers and ids, the same in every test. The insurers are of unassigned bodies.
final class Samples {
    static final InstitutionCode CLINIC = new InstitutionCode("1310000006");
    static final TreatmentMonth NOVEMBER = TreatmentMonth.of(2026, 11);
    static final Instant MORNING = Instant.parse("2026-11-01T00:00:00Z");
    static final Insured HANAKO = new Insured("試験 花子", "シケン ハナコ", LocalDate.of(1980, 1, 1));

    static final ProofNumber NUMBER = new ProofNumber(7, 11);

    private Samples() {}

    /// Ids in the order of their numbers.
    static UUID id(int number) {
        return new UUID(0x0198_0000_0000_7000L + number, 0x8000_0000_0000_0000L);
    }

    static FactId fact(int number) {
        return new FactId(id(number));
    }

    /// Ids in the alphabetical order of their names.
    static UUID id(String name) {
        byte[] bytes = new byte[Ids.ID_BYTES];
        byte[] text = name.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, bytes, 0, text.length);
        return Ids.fromBytes(bytes);
    }

    static Instant minute(int minute) {
        return MORNING.plus(Duration.ofMinutes(minute));
    }

    static Envelope envelope(int number, PatientId patient, TreatmentMonth month) {
        return new Envelope(fact(number), CLINIC, patient, month, minute(number), false);
    }

    /// Coverage of the insurer X, Y or Z.
    static Coverage coverage(char insurer, int copayPercent, LocalDate from, @Nullable LocalDate until) {
        InsurerNumber number = InsurerNumber.ofBody("011390" + (insurer - 'W'));
        return new Coverage(number, "記号", "1234567", "01", copayPercent, from, until);
    }
}
