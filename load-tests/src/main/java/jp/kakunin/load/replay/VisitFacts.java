package jp.kakunin.load.replay;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
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
import jp.kakunin.load.population.Plan;
import jp.kakunin.load.population.Script;
import jp.kakunin.load.population.TrafficModel;
import org.jspecify.annotations.Nullable;

/// The fact of each planned visit, as the desk would have recorded it. What it says hangs on the seed and its place in
/// the plan alone; its ids are new in each run, so that runs on one hub do not meet.
final class VisitFacts {
    /// Patients of a clinic who bring the same; they come again.
    private static final int PATIENTS_OF_SCRIPT = 100;

    private static final InsurerNumber INSURER = InsurerNumber.ofBody("0699900");

    private final Plan plan;
    private final List<Script> scripts = TrafficModel.SHIPPED.scripts();
    private final double firstVisitShare = TrafficModel.SHIPPED.figure("first_visit_share");
    private final Persons persons;
    private final PublicKey authority;
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
        this.ids = new IdSource(clock, secrets);
        this.date = TreatmentMonth.dateAt(clock.instant());
        this.run = secrets.nextLong();
    }

    /// The month all visits are of.
    TreatmentMonth month() {
        return TreatmentMonth.of(date);
    }

    MadeVisit make(int visit) {
        Script script = scripts.get(plan.scriptOf(visit));
        InstitutionCode clinic = LoadHub.clinic(plan.clinicOf(visit));
        SplittableRandom random = new SplittableRandom(plan.seed() * 31 + visit);
        int person = random.nextInt(script.hasCard() ? Persons.OF_EACH_KIND : PATIENTS_OF_SCRIPT);
        CheckId check = ids.check();
        byte @Nullable [] attachment = script.hasCard() ? sealed(script, clinic, check, person) : null;
        VisitId id = ids.visit();
        Fact.CheckRecorded fact = new Fact.CheckRecorded(
                new Envelope(ids.fact(), clinic, patient(clinic, script, person), month(), clock.instant(), false),
                id,
                check,
                kind(script, random),
                date,
                evidence(script, attachment, person),
                script.hasCard() ? null : "試験" + person,
                null,
                null,
                null);
        return new MadeVisit(id, new NewFact(fact, attachment, plan.isLive(visit)), FactCodec.encode(fact));
    }

    private VisitKind kind(Script script, SplittableRandom random) {
        VisitKind said = script.visit();
        if (said != null) {
            return said;
        }
        return random.nextDouble() < firstVisitShare ? VisitKind.INITIAL : VisitKind.REPEAT;
    }

    private byte[] sealed(Script script, InstitutionCode clinic, CheckId check, int person) {
        byte[] certificate = persons.certificate(Persons.serial(script.registry(), person));
        byte @Nullable [] signature =
                script.brought() == Script.Brought.CARD_PIN ? persons.signature(check, clinic, date) : null;
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
