package jp.kakunin.codec;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Envelope;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Evidence.DocumentKind;
import jp.kakunin.domain.Evidence.Reason;
import jp.kakunin.domain.Evidence.Verification;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.EvidenceFlaw;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.domain.Fact.WithdrawalReason;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.VisitId;
import jp.kakunin.domain.VisitKind;

/// Facts of every kind, drawn from a seed.
final class DrawnFacts {
    private static final List<Function<DrawnFacts, Fact>> KINDS = List.of(
            DrawnFacts::check,
            DrawnFacts::joined,
            DrawnFacts::reference,
            DrawnFacts::withdrawn,
            DrawnFacts::answer,
            DrawnFacts::unusable,
            DrawnFacts::quarantined);

    private final DrawnValues values;

    DrawnFacts(DrawnValues values) {
        this.values = values;
    }

    /// Consecutive seeds give all kinds in turn.
    static Fact ofSeed(int seed) {
        var values = new DrawnValues(new Random(seed));
        return KINDS.get(seed % KINDS.size()).apply(new DrawnFacts(values));
    }

    Fact fact() {
        return KINDS.get(values.below(KINDS.size())).apply(this);
    }

    Fact.AnswerReceived answer() {
        return new Fact.AnswerReceived(
                envelope(),
                values.check(),
                values.date(),
                values.instant(),
                authoritySaid(),
                values.proofNumber(),
                values.digest());
    }

    private Fact check() {
        return new Fact.CheckRecorded(
                envelope(),
                new VisitId(values.id()),
                values.check(),
                values.one(VisitKind.class),
                values.date(),
                evidence(),
                values.perhaps(values::text),
                values.perhaps(values::check),
                values.perhaps(() -> values.below(101)),
                values.perhaps(values::check));
    }

    private Fact joined() {
        return new Fact.PatientsJoined(envelope(), new PatientId(values.id()), new PatientId(values.id()));
    }

    private Fact reference() {
        return new Fact.ReferenceSet(envelope(), values.text());
    }

    private Fact withdrawn() {
        return new Fact.FactWithdrawn(envelope(), new FactId(values.id()), values.one(WithdrawalReason.class));
    }

    Fact.EvidenceFoundUnusable unusable() {
        return new Fact.EvidenceFoundUnusable(
                envelope(), values.check(), values.one(EvidenceFlaw.class), values.digest());
    }

    private Fact quarantined() {
        return new Fact.Quarantined(envelope(), values.digest(), values.one(QuarantineReason.class));
    }

    private Envelope envelope() {
        return new Envelope(
                new FactId(values.id()),
                values.clinic(),
                new PatientId(values.id()),
                values.month(),
                values.instant(),
                values.coin());
    }

    private Evidence evidence() {
        Reason reason = values.one(Reason.class);
        return switch (values.below(4)) {
            case 0 -> new Evidence.Card(values.one(Verification.class), values.digest());
            case 1 -> new Evidence.Document(values.one(DocumentKind.class), values.perhaps(values::coverage), reason);
            case 2 -> new Evidence.Oral(values.basis(), reason);
            default -> new Evidence.None(reason);
        };
    }

    private Answer authoritySaid() {
        return switch (values.below(6)) {
            case 0 -> new Answer.Valid(values.coverage(), values.insured(), values.particulars());
            case 1 -> new Answer.Invalid(values.perhaps(values::coverage));
            case 2 -> new Answer.InvalidNewerExists(values.perhaps(values::coverage));
            case 3 -> new Answer.NotFound();
            case 4 -> new Answer.Several();
            default -> new Answer.ValidUnregistered();
        };
    }
}
