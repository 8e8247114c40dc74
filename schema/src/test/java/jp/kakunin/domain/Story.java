package jp.kakunin.domain;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import jp.kakunin.domain.VisitStanding.Proof;
import org.jspecify.annotations.Nullable;

/// What happened to patient p at one clinic in November 2026, facts separated by `;`, in the words that
/// `reconciliation-table.md` explains.
final class Story {
    private final List<Fact> facts = new ArrayList<>();
    private final Map<String, Fact> named = new HashMap<>();

    private Story() {}

    static Story of(String text) {
        Story story = new Story();
        for (String sentence : text.split(";", -1)) {
            if (!sentence.isBlank()) {
                story.tell(sentence.strip());
            }
        }
        return story;
    }

    List<Fact> facts() {
        return List.copyOf(facts);
    }

    /// `first 5: CONFIRMED(CARD) by a +COPAY_CHANGED; repeat 9: WAITING`
    static String standings(TreatmentMonth month, Collection<Fact> facts) {
        List<VisitStanding> visits = Reconciliation.judge(month, facts);
        return visits.isEmpty() ? "no visit" : visits.stream().map(Story::show).collect(Collectors.joining("; "));
    }

    static PatientId patient(String name) {
        return new PatientId(Samples.id(name));
    }

    private void tell(String sentence) {
        String[] label = sentence.split(" = ", 2);
        String body = label.length == 2 ? label[1] : sentence;
        List<String> words = List.of(body.split(" +", -1));
        Fact fact = switch (words.getFirst()) {
            case "first" -> check(VisitKind.INITIAL, words);
            case "repeat" -> check(VisitKind.REPEAT, words);
            case "answer" -> answer(words);
            case "evidence" -> unusable(words.get(1));
            case "withdraw" -> withdrawal(body.substring("withdraw ".length()));
            case "join" -> join(words);
            default -> throw new IllegalArgumentException("cannot read: " + sentence);
        };
        facts.add(fact);
        named.putIfAbsent(label.length == 2 ? label[0] : defaultName(words), fact);
    }

    private static String defaultName(List<String> words) {
        return switch (words.getFirst()) {
            case "first", "repeat" -> words.get(4);
            case "answer" -> "answer " + words.get(1).replace(":", "");
            default -> "";
        };
    }

    private Fact check(VisitKind kind, List<String> words) {
        String day = words.get(2).replace(":", "");
        LocalDate date = Notation.date(day);
        String patient = option(words, "patient");
        String charged = option(words, "charged");
        return new Fact.CheckRecorded(
                envelope(patient(patient == null ? "p" : patient), TreatmentMonth.of(date)),
                new VisitId(Samples.id(day)),
                check(words.get(4)),
                kind,
                date,
                Notation.evidence(words.get(3)),
                null,
                named(option(words, "despite")),
                charged == null ? null : Integer.valueOf(charged),
                named(option(words, "replaces")));
    }

    private Fact answer(List<String> words) {
        String name = words.get(1).replace(":", "");
        LocalDate asOf = Notation.date(Objects.requireNonNull(option(words, "of")));
        String minute = option(words, "minute");
        Fact asked = named.get(name);
        return new Fact.AnswerReceived(
                asked == null ? envelope(patient("p"), TreatmentMonth.of(asOf)) : beside(asked),
                check(name),
                asOf,
                Samples.minute(minute == null ? facts.size() : Integer.parseInt(minute)),
                Notation.answer(words.get(2), words.get(3).equals("as") ? null : Notation.coverage(words.get(3))),
                Samples.NUMBER,
                Digest.ZERO);
    }

    private Fact unusable(String name) {
        Fact checked = named.get(name);
        return new Fact.EvidenceFoundUnusable(
                checked == null ? envelope(patient("p"), Samples.NOVEMBER) : beside(checked),
                check(name),
                Fact.EvidenceFlaw.NOT_READABLE,
                Digest.ZERO);
    }

    /// Targets may be told later: what is not known yet is looked up by the number it will have, as in `withdraw
    /// #3`.
    private Fact withdrawal(String target) {
        if (target.startsWith("#")) {
            FactId later = Samples.fact(Integer.parseInt(target.substring(1)));
            return withdrawn(envelope(patient("p"), Samples.NOVEMBER), later);
        }
        Fact fact = Objects.requireNonNull(named.get(target), target);
        return withdrawn(beside(fact), fact.id());
    }

    private static Fact withdrawn(Envelope envelope, FactId target) {
        return new Fact.FactWithdrawn(envelope, target, Fact.WithdrawalReason.MISTAKE);
    }

    private Fact join(List<String> words) {
        String month = option(words, "in");
        TreatmentMonth filed = month == null ? Samples.NOVEMBER : TreatmentMonth.of(2026, Integer.parseInt(month));
        PatientId a = patient(words.get(1));
        return new Fact.PatientsJoined(envelope(a, filed), a, patient(words.get(2)));
    }

    private Envelope envelope(PatientId patient, TreatmentMonth month) {
        return Samples.envelope(facts.size() + 1, patient, month);
    }

    private Envelope beside(Fact fact) {
        int number = facts.size() + 1;
        return fact.envelope().beside(Samples.fact(number), Samples.minute(number), false);
    }

    private static CheckId check(String name) {
        return new CheckId(Samples.id(name));
    }

    private static @Nullable CheckId named(@Nullable String name) {
        return name == null ? null : check(name);
    }

    private static @Nullable String option(List<String> words, String name) {
        int at = words.indexOf(name);
        return at < 0 ? null : words.get(at + 1);
    }

    private static String show(VisitStanding visit) {
        String date = visit.month().equals(Samples.NOVEMBER)
                ? "" + visit.treatmentDate().getDayOfMonth()
                : visit.treatmentDate().getMonthValue() + "/"
                        + visit.treatmentDate().getDayOfMonth();
        Proof proof = visit.proof();
        return (visit.kind() == VisitKind.INITIAL ? "first " : "repeat ")
                + date
                + (visit.patient().equals(patient("p"))
                        ? ""
                        : " of " + name(visit.patient().value()))
                + ": "
                + show(visit.standing())
                + (proof == null ? "" : " by " + name(proof.check().value()))
                + visit.notices().stream().sorted().map(notice -> " +" + notice).collect(Collectors.joining());
    }

    private static String show(Standing standing) {
        return switch (standing) {
            case Standing.Confirmed(Standing.By by) -> standing.word() + "(" + by + ")";
            case Standing.Attested(Evidence.Basis.Shown _) -> standing.word() + "(SHOWN)";
            case Standing.Attested(Evidence.Basis.OwnRecord _) -> standing.word() + "(OWN_RECORD)";
            case Standing.Waiting _, Standing.Deferred _, Standing.Refused _, Standing.Contested _ -> standing.word();
        };
    }

    private static String name(UUID id) {
        return new String(Ids.bytes(id), StandardCharsets.US_ASCII).replace("\0", "");
    }
}
