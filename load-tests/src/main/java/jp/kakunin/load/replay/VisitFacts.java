package jp.kakunin.load.replay;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import jp.kakunin.codec.AttachmentCodec;
import jp.kakunin.codec.CardAttachment;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.codec.SealedBox;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Envelope;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.Ids;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.InsurerNumber;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitId;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.edge.store.NewFact;
import jp.kakunin.load.population.Oddity;
import jp.kakunin.load.population.Plan;
import jp.kakunin.load.population.Script;
import jp.kakunin.load.population.TrafficModel;
import org.jspecify.annotations.Nullable;

/// The fact of each planned visit, as the desk would have recorded it. What it says hangs on the seed and its place in
/// the plan alone; its ids are new in each run, so that runs on one hub do not meet.
final class VisitFacts {
    /// Patients of a clinic who bring the same; they come again.
    private static final int PATIENTS_OF_SCRIPT = 100;

    /// A clock that is off by more is asked about, so that its facts are doubtful until the hub is heard.
    private static final Duration DOUBTED = Duration.ofDays(1);

    /// How much earlier than it comes a fact was captured that is out of order.
    private static final Duration EARLIER = Duration.ofMinutes(5);

    private static final int PERSON_DRAW = 0;
    private static final int KIND_DRAW = 1;
    private static final int DRAWS = 2;

    private static final InsurerNumber INSURER = InsurerNumber.ofBody("0699900");

    private final Plan plan;
    private final List<Script> scripts = TrafficModel.SHIPPED.scripts();
    private final double firstVisitShare = TrafficModel.SHIPPED.figure("first_visit_share");
    private final Persons persons;
    private final PublicKey authority;
    private final RandomGenerator secrets;
    private final IdSource ids;
    private final InstantSource clock;
    private final LocalDate date;
    private final long run;

    /// @param secrets for ids; safe for several threads
    VisitFacts(Plan plan, Persons persons, PublicKey authority, InstantSource clock, RandomGenerator secrets) {
        this.plan = plan;
        this.persons = persons;
        this.authority = authority;
        this.clock = clock;
        this.secrets = secrets;
        this.ids = new IdSource(clock, secrets);
        this.date = TreatmentMonth.dateAt(clock.instant());
        this.run = secrets.nextLong();
    }

    /// The month all visits are of.
    TreatmentMonth month() {
        return TreatmentMonth.of(date);
    }

    /// The month of the visits that are of the month before.
    TreatmentMonth monthBefore() {
        return month().previous();
    }

    MadeVisit make(int visit) {
        Script script = scripts.get(plan.scriptOf(visit));
        Oddity oddity = plan.oddityOf(visit);
        Duration off = clockOff(visit, oddity);
        LocalDate day = date(oddity, off);
        InstitutionCode clinic = clinicOf(visit);
        int person = person(visit, script);
        IdSource at = off.isZero() ? ids : new IdSource(() -> clock.instant().plus(off), secrets);
        CheckId check = at.check();
        byte @Nullable [] attachment = script.hasCard() ? sealed(script, clinic, check, person, day) : null;
        VisitId id = at.visit();
        Fact.CheckRecorded fact = new Fact.CheckRecorded(
                new Envelope(
                        at.fact(),
                        clinic,
                        patient(clinic, script, person),
                        TreatmentMonth.of(day),
                        clock.instant().plus(off),
                        oddity == Oddity.WRONG_YEAR),
                id,
                check,
                kindOf(visit),
                day,
                evidence(script, attachment, person),
                script.hasCard() ? null : "試験" + person,
                null,
                null,
                null);
        byte[] encoded = FactCodec.encode(fact);
        return new MadeVisit(
                id,
                new NewFact(fact, attachment, plan.isLive(visit)),
                oddity == Oddity.MALFORMED ? Arrays.copyOf(encoded, encoded.length / 2) : encoded);
    }

    /// What the clock of the computer said too much when the fact was captured. A year is put right by the hub's
    /// first word, and the desk asks for the date until then.
    private Duration clockOff(int visit, Oddity oddity) {
        Duration off = plan.clinics().get(plan.clinicOf(visit)).clockOff();
        if (off.abs().compareTo(DOUBTED) > 0 && oddity != Oddity.WRONG_YEAR) {
            return Duration.ZERO;
        }
        return oddity == Oddity.OUT_OF_ORDER ? off.minus(EARLIER) : off;
    }

    private LocalDate date(Oddity oddity, Duration off) {
        return switch (oddity) {
            case LAST_MONTH -> monthBefore().due();
            case WRONG_YEAR -> date.plusDays(off.toDays());
            case NONE, MALFORMED, TWICE, OUT_OF_ORDER -> date;
        };
    }

    InstitutionCode clinicOf(int visit) {
        return LoadHub.clinic(plan.clinicOf(visit));
    }

    PatientId patientOf(int visit) {
        Script script = scripts.get(plan.scriptOf(visit));
        return patient(clinicOf(visit), script, person(visit, script));
    }

    VisitKind kindOf(int visit) {
        VisitKind said = scripts.get(plan.scriptOf(visit)).visit();
        if (said != null) {
            return said;
        }
        return draws(visit, KIND_DRAW).nextDouble() < firstVisitShare ? VisitKind.INITIAL : VisitKind.REPEAT;
    }

    private int person(int visit, Script script) {
        return draws(visit, PERSON_DRAW).nextInt(script.hasCard() ? Persons.OF_EACH_KIND : PATIENTS_OF_SCRIPT);
    }

    private SplittableRandom draws(int visit, int draw) {
        return new SplittableRandom((plan.seed() * 31 + visit) * DRAWS + draw);
    }

    private byte[] sealed(Script script, InstitutionCode clinic, CheckId check, int person, LocalDate day) {
        byte[] certificate = persons.certificate(Persons.serial(script.registry(), person));
        byte @Nullable [] signature =
                script.brought() == Script.Brought.CARD_PIN ? persons.signature(check, clinic, day) : null;
        return SealedBox.seal(
                authority,
                AttachmentCodec.encode(new CardAttachment(check, certificate, signature)),
                Ids.bytes(check.value()));
    }

    private static Evidence evidence(Script script, byte @Nullable [] attachment, int person) {
        return switch (script.brought()) {
            case CARD_PIN -> new Evidence.Card(Evidence.Verification.PIN, digest(attachment));
            case CARD_VISUAL -> new Evidence.Card(Evidence.Verification.VISUAL, digest(attachment));
            case CERTIFICATE ->
                new Evidence.Document(
                        Evidence.DocumentKind.ELIGIBILITY_CERTIFICATE, coverage(person), Evidence.Reason.NO_CARD);
            case ORAL -> new Evidence.Oral(new Evidence.Basis.OwnRecord(), Evidence.Reason.NO_CARD);
            case NONE -> new Evidence.None(Evidence.Reason.NO_CARD);
        };
    }

    private static Digest digest(byte @Nullable [] attachment) {
        if (attachment == null) {
            throw new IllegalStateException("a card has evidence");
        }
        return Digest.of(attachment);
    }

    private static Coverage coverage(int person) {
        return new Coverage(INSURER, "試験", String.valueOf(person), "01", 30, LocalDate.of(2019, 4, 1), null);
    }

    /// The same person at the same clinic is the same patient all through the run.
    private PatientId patient(InstitutionCode clinic, Script script, int person) {
        String who = script.hasCard() ? script.registry().name() : script.name();
        byte[] text = (clinic.digits() + who).getBytes(StandardCharsets.UTF_8);
        byte[] name = ByteBuffer.allocate(Long.BYTES + Integer.BYTES + text.length)
                .putLong(run)
                .putInt(person)
                .put(text)
                .array();
        return new PatientId(Ids.fromBytes(Arrays.copyOf(Digest.of(name).bytes(), Ids.ID_BYTES)));
    }
}
