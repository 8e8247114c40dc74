package jp.kakunin.domain;

import static jp.kakunin.domain.Samples.NOVEMBER;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Facts of a few patients in three months, drawn from so few visits, checks and days that they meet all the time.
final class RandomFacts {
    static final TreatmentMonth OCTOBER = NOVEMBER.previous();
    static final List<TreatmentMonth> MONTHS = List.of(OCTOBER, NOVEMBER, NOVEMBER.next());

    private static final List<PatientId> PATIENTS =
            List.of(new PatientId(Samples.id("p")), new PatientId(Samples.id("q")), new PatientId(Samples.id("r")));
    private static final int[] DAYS = {3, 10, 20};
    private static final String[] EVIDENCE = {
        "card",
        "card",
        "card",
        "visual",
        "none",
        "none",
        "oral",
        "oral(X)",
        "certificate",
        "certificate(X)",
        "certificate(Y@10)",
        "notice",
        "notice-no-card"
    };
    private static final String[] ANSWERS = {
        "valid", "valid", "valid", "invalid", "newer-exists", "not-found", "several", "unregistered"
    };

    private final RandomGenerator random;
    private final List<Fact> facts = new ArrayList<>();

    private RandomFacts(RandomGenerator random) {
        this.random = random;
    }

    static List<Fact> draw(RandomGenerator random, int size) {
        RandomFacts drawn = new RandomFacts(random);
        while (drawn.facts.size() < size) {
            drawn.facts.add(drawn.next());
        }
        return drawn.facts;
    }

    /// The number of a fact later than all that were drawn, and than all that a withdrawal drawn may mean.
    static int after(List<Fact> facts) {
        return facts.size() + 100;
    }

    static LocalDate day(RandomGenerator random) {
        return MONTHS.get(random.nextInt(MONTHS.size())).value().atDay(DAYS[random.nextInt(DAYS.length)]);
    }

    private Fact next() {
        return switch (random.nextInt(10)) {
            case 0 -> join();
            case 1, 2 -> withdrawal();
            case 3, 4 -> answer();
            case 5 -> random.nextInt(3) == 0 ? unusable() : answer();
            default -> check();
        };
    }

    private Fact join() {
        Envelope envelope = envelope(month());
        return new Fact.PatientsJoined(envelope, envelope.patient(), patient());
    }

    private Fact check() {
        LocalDate date = day(random);
        return new Fact.CheckRecorded(
                envelope(TreatmentMonth.of(date)),
                new VisitId(Samples.id("" + date.getMonthValue() + date.getDayOfMonth() + random.nextInt(2))),
                check(facts.size()),
                random.nextBoolean() ? VisitKind.INITIAL : VisitKind.REPEAT,
                date,
                Notation.evidence(pick(EVIDENCE)),
                null,
                perhapsCheck(),
                random.nextInt(4) == 0 ? 10 * random.nextInt(1, 4) : null,
                perhapsCheck());
    }

    private Fact answer() {
        LocalDate asOf = day(random);
        return new Fact.AnswerReceived(
                envelope(TreatmentMonth.of(asOf)),
                check(random.nextInt(facts.size() + 1)),
                asOf,
                Samples.minute(random.nextInt(8)),
                Notation.answer(pick(ANSWERS), coverage()),
                Samples.NUMBER,
                Digest.ZERO);
    }

    private Fact unusable() {
        return new Fact.EvidenceFoundUnusable(
                envelope(month()),
                check(random.nextInt(facts.size() + 1)),
                Fact.EvidenceFlaw.NOT_READABLE,
                Digest.ZERO);
    }

    private Fact withdrawal() {
        int number = facts.size() + 1;
        if (facts.isEmpty() || random.nextInt(8) == 0) {
            FactId anyAlsoLater = Samples.fact(random.nextInt(1, number + 4));
            return new Fact.FactWithdrawn(envelope(month()), anyAlsoLater, Fact.WithdrawalReason.MISTAKE);
        }
        Fact target = facts.get(random.nextInt(facts.size()));
        Envelope envelope = target.envelope().beside(Samples.fact(number), Samples.minute(number), false);
        return new Fact.FactWithdrawn(envelope, target.id(), Fact.WithdrawalReason.MISTAKE);
    }

    private Coverage coverage() {
        LocalDate from = random.nextInt(3) == 0 ? day(random) : LocalDate.of(2026, 4, 1);
        LocalDate until = random.nextInt(3) == 0 ? day(random) : null;
        return Samples.coverage(random.nextInt(3) == 0 ? 'Y' : 'X', random.nextInt(4) == 0 ? 20 : 30, from, until);
    }

    private Envelope envelope(TreatmentMonth month) {
        return Samples.envelope(facts.size() + 1, patient(), month);
    }

    private @Nullable CheckId perhapsCheck() {
        return random.nextInt(4) == 0 ? check(random.nextInt(facts.size() + 2)) : null;
    }

    private static CheckId check(int number) {
        return new CheckId(Samples.id("c" + number));
    }

    private PatientId patient() {
        return random.nextInt(3) > 0 ? PATIENTS.getFirst() : PATIENTS.get(random.nextInt(PATIENTS.size()));
    }

    private TreatmentMonth month() {
        return MONTHS.get(random.nextInt(MONTHS.size()));
    }

    private String pick(String[] words) {
        return words[random.nextInt(words.length)];
    }
}
