package jp.kakunin.load.hotpath;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Envelope;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.InsurerNumber;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitId;
import jp.kakunin.domain.VisitKind;

/// Makes facts: checks of all kinds on the days of this month so far, each with ids of its own, and what the hub needs
/// to
/// follow them. For one thread.
final class Foundry {
    /// Visits of one patient in one month, on average.
    static final int VISITS_OF_PATIENT = 5;

    /// Patients of a clinic who are in treatment at the same time.
    static final int PATIENTS_IN_TREATMENT = 150;

    private static final int MOULDS = 100;
    private static final int CARD_PERCENT = 30;
    private static final int ORAL_PERCENT = 40;
    private static final int DOCUMENT_PERCENT = 20;
    private static final int NAMES = 512;
    private static final int FIRST_CHARACTER = 0x4E00;
    private static final int CHARACTERS = 2_000;
    private static final int COUNTER_MASK = 0xFFF;

    private final RandomGenerator random;
    private final InstantSource clock;
    private final List<FactMould> moulds = new ArrayList<>();
    private final List<byte[]> names = new ArrayList<>();
    private final Papers papers;
    private final MessageDigest sha = Papers.sha256();
    private final byte[] number = new byte[Long.BYTES];
    private long ids;

    /// @param mixed checks of all kinds, 30 % of them with a card; otherwise all with a card
    Foundry(boolean mixed, InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
        this.papers = new Papers(random);
        for (int i = 0; i < NAMES; i++) {
            names.add(name());
        }
        Instant now = clock.instant();
        for (int i = 0; i < MOULDS; i++) {
            moulds.add(new FactMould(like(mixed ? i * 100 / MOULDS : 0, now)));
        }
    }

    FactMould mould() {
        return moulds.get(random.nextInt(moulds.size()));
    }

    Papers papers() {
        return papers;
    }

    /// What the next fact of that patient says.
    FactMould.Filling filling(FactMould mould, byte[] clinic, UUID patient) {
        UUID check = id();
        byte[] name = names.get((int) Math.floorMod(patient.getLeastSignificantBits(), (long) NAMES));
        byte[] attachment = mould.hasAttachment() ? papers.digest(check) : new byte[0];
        return new FactMould.Filling(id(), check, id(), patient, clinic, name, attachment);
    }

    /// Which of a clinic's patients comes next: every fifth visit is somebody's first, the others are of those who
    /// came lately.
    int patient(int patientsSoFar) {
        return patientsSoFar == 0 || random.nextInt(VISITS_OF_PATIENT) == 0
                ? patientsSoFar
                : patientsSoFar - 1 - random.nextInt(Math.min(patientsSoFar, PATIENTS_IN_TREATMENT));
    }

    /// The hash of a stream after one more fact, as [jp.kakunin.exchange.StreamPosition#after].
    byte[] after(byte[] hash, long seq, byte[] bytes, int from, int length) {
        sha.update(bytes, from, length);
        byte[] fact = sha.digest();
        Bytes.put(seq, number, 0);
        sha.update(hash);
        sha.update(number);
        return sha.digest(fact);
    }

    double meanBytes() {
        return moulds.stream().mapToInt(FactMould::bytes).average().orElseThrow();
    }

    double attachmentShare() {
        return (double) moulds.stream().filter(FactMould::hasAttachment).count() / moulds.size();
    }

    /// Born now, in the form of the product's ids.
    private UUID id() {
        ids++;
        long high = clock.millis() << 16 | 0x7000L | ids & COUNTER_MASK;
        return new UUID(high, random.nextLong() >>> 2 | Long.MIN_VALUE);
    }

    private byte[] name() {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < FactMould.NAME_CHARACTERS; i++) {
            name.append((char) (FIRST_CHARACTER + random.nextInt(CHARACTERS)));
        }
        return name.toString().getBytes(StandardCharsets.UTF_8);
    }

    private Fact.CheckRecorded like(int percent, Instant now) {
        LocalDate date = date(now);
        UUID any = new UUID(0, 0);
        Envelope envelope = new Envelope(
                new FactId(any),
                new InstitutionCode("0000000000"),
                new PatientId(any),
                TreatmentMonth.of(date),
                now,
                false);
        Evidence evidence = evidence(percent, now);
        return new Fact.CheckRecorded(
                envelope,
                new VisitId(any),
                new CheckId(any),
                evidence instanceof Evidence.None ? VisitKind.INITIAL : VisitKind.REPEAT,
                date,
                evidence,
                "",
                null,
                30,
                null);
    }

    private Evidence evidence(int percent, Instant now) {
        if (percent < CARD_PERCENT) {
            return new Evidence.Card(Evidence.Verification.VISUAL, Digest.ZERO);
        }
        if (percent < CARD_PERCENT + ORAL_PERCENT) {
            return new Evidence.Oral(
                    new Evidence.Basis.Shown(
                            new CheckId(new UUID(0, 0)),
                            date(now),
                            coverage(now).digest()),
                    Evidence.Reason.NO_CARD);
        }
        return percent < CARD_PERCENT + ORAL_PERCENT + DOCUMENT_PERCENT
                ? new Evidence.Document(
                        Evidence.DocumentKind.ELIGIBILITY_CERTIFICATE, coverage(now), Evidence.Reason.NO_CARD)
                : new Evidence.None(Evidence.Reason.NO_CARD);
    }

    /// A day of this month that is not in the future.
    private LocalDate date(Instant now) {
        LocalDate today = TreatmentMonth.dateAt(now);
        return today.withDayOfMonth(1 + random.nextInt(today.getDayOfMonth()));
    }

    private Coverage coverage(Instant now) {
        LocalDate from = TreatmentMonth.dateAt(now).withDayOfYear(1);
        return new Coverage(
                InsurerNumber.ofBody("0699900"), "試験", String.valueOf(random.nextInt(1_000_000)), "01", 30, from, null);
    }
}
