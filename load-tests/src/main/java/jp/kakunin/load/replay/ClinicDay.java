package jp.kakunin.load.replay;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Envelope;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.InsurerNumber;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitKind;
import org.jspecify.annotations.Nullable;

/// The facts of one clinic: patients who come back several times a month, some with a card, some without.
public final class ClinicDay {
    /// Share of the visits with a card, and so with an attachment.
    public static final double CARD_SHARE = 0.3;

    private static final double ORAL_SHARE = 0.4;
    private static final double DOCUMENT_SHARE = 0.2;
    private static final int PATIENTS = 300;
    /// A name as long as the form allows, so that a fact weighs what facts weigh on their worst days: above 300
    /// bytes.
    private static final int NAME_CHARACTERS = 60;

    private final InstitutionCode clinic;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final CardPapers papers;
    private final IdSource ids;
    private final List<PatientId> patients = new ArrayList<>();

    /// @param idRandom for ids, which must be new in every run on the same hub
    /// @param random for what the facts say
    public ClinicDay(
            InstitutionCode clinic,
            InstantSource clock,
            RandomGenerator idRandom,
            RandomGenerator random,
            CardPapers papers) {
        this.clinic = clinic;
        this.clock = clock;
        this.random = random;
        this.papers = papers;
        this.ids = new IdSource(clock, idRandom);
        for (int i = 0; i < PATIENTS; i++) {
            patients.add(ids.patient());
        }
    }

    public Parcel parcel(int facts, boolean live) {
        List<Parcel.Made> made = new ArrayList<>(facts);
        for (int i = 0; i < facts; i++) {
            made.add(visit());
        }
        return new Parcel(made, live);
    }

    private Parcel.Made visit() {
        LocalDate date = date();
        FactId id = ids.fact();
        CheckId check = ids.check();
        double kind = random.nextDouble();
        byte @Nullable [] attachment = kind < CARD_SHARE ? papers.of(check) : null;
        boolean named = kind >= CARD_SHARE + ORAL_SHARE + DOCUMENT_SHARE;
        Envelope envelope = new Envelope(
                id, clinic, patients.get(random.nextInt(PATIENTS)), TreatmentMonth.of(date), clock.instant(), false);
        Fact fact = new Fact.CheckRecorded(
                envelope,
                ids.visit(),
                check,
                named ? VisitKind.INITIAL : VisitKind.REPEAT,
                date,
                attachment == null ? evidenceWithoutCard(kind, check) : evidence(attachment),
                "試".repeat(NAME_CHARACTERS),
                null,
                30,
                null);
        return new Parcel.Made(id, FactCodec.encode(fact), attachment);
    }

    private static Evidence evidence(byte[] attachment) {
        return new Evidence.Card(Evidence.Verification.VISUAL, Digest.of(attachment));
    }

    private Evidence evidenceWithoutCard(double kind, CheckId check) {
        if (kind < CARD_SHARE + ORAL_SHARE) {
            Coverage coverage = coverage();
            return new Evidence.Oral(
                    new Evidence.Basis.Shown(check, date(), coverage.digest()), Evidence.Reason.NO_CARD);
        }
        return kind < CARD_SHARE + ORAL_SHARE + DOCUMENT_SHARE
                ? new Evidence.Document(
                        Evidence.DocumentKind.ELIGIBILITY_CERTIFICATE, coverage(), Evidence.Reason.NO_CARD)
                : new Evidence.None(Evidence.Reason.NO_CARD);
    }

    /// A day of this month that is not in the future.
    private LocalDate date() {
        LocalDate today = TreatmentMonth.dateAt(clock.instant());
        return today.withDayOfMonth(1 + random.nextInt(today.getDayOfMonth()));
    }

    private Coverage coverage() {
        LocalDate from = TreatmentMonth.dateAt(clock.instant()).withDayOfYear(1);
        return new Coverage(
                InsurerNumber.ofBody("0699900"), "試験", String.valueOf(random.nextInt(1_000_000)), "01", 30, from, null);
    }
}
