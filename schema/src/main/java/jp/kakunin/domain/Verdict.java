package jp.kakunin.domain;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import jp.kakunin.domain.VisitStanding.Notice;
import jp.kakunin.domain.VisitStanding.Proof;
import org.jspecify.annotations.Nullable;

/// The table of standings for one visit, row by row; the first row that applies decides.
final class Verdict {
    private static final List<Function<Verdict, Optional<Ruling>>> ROWS = List.of(
            Verdict::confirmedByAnswer,
            Verdict::confirmedDespite,
            Verdict::contested,
            Verdict::confirmedByDocument,
            Verdict::refused,
            Verdict::attested,
            Verdict::waiting);
    private static final Ruling DEFERRED = new Ruling(new Standing.Deferred(), null);

    private final VisitFacts visit;
    private final PatientFacts person;
    private final Voice voice;
    private final Fact.@Nullable AnswerReceived last;

    Verdict(VisitFacts visit, PatientFacts person) {
        this.visit = visit;
        this.person = person;
        this.voice = new Voice(visit, person.answers());
        this.last = voice.last().orElse(null);
    }

    VisitStanding standing() {
        Ruling ruling = ruling();
        Fact.CheckRecorded first = visit.first();
        return new VisitStanding(
                first.visit(),
                first.envelope().patient(),
                first.kind(),
                first.treatmentDate(),
                ruling.standing(),
                ruling.proof(),
                notices(ruling));
    }

    private Ruling ruling() {
        for (Function<Verdict, Optional<Ruling>> row : ROWS) {
            Optional<Ruling> ruling = row.apply(this);
            if (ruling.isPresent()) {
                return ruling.get();
            }
        }
        return DEFERRED;
    }

    /// Row 1, also the way out of CONTESTED.
    private Optional<Ruling> confirmedByAnswer() {
        return Optional.ofNullable(last)
                .filter(voice::isValid)
                .map(said -> new Ruling(new Standing.Confirmed(person.askedBy(said.check())), proof(said)));
    }

    /// Row 2: the clinic knew the negative answer when it accepted the document.
    private Optional<Ruling> confirmedDespite() {
        return visit.documents()
                .filter(document -> last != null && last.check().equals(document.despite()))
                .findFirst()
                .map(document -> confirmed(Standing.By.DOCUMENT_DESPITE, document));
    }

    /// Row 3: the older proof is kept.
    private Optional<Ruling> contested() {
        if (last == null) {
            return Optional.empty();
        }
        return Stream.concat(
                        voice.valid().map(Verdict::proof), visit.documents().map(Verdict::proof))
                .findFirst()
                .map(kept -> new Ruling(new Standing.Contested(), kept));
    }

    /// Row 4.
    private Optional<Ruling> confirmedByDocument() {
        return visit.documents().findFirst().map(document -> confirmed(Standing.By.DOCUMENT, document));
    }

    /// Row 5: the rows above have dealt with every answer that is not negative.
    private Optional<Ruling> refused() {
        return Optional.ofNullable(last).map(said -> new Ruling(new Standing.Refused(), proof(said)));
    }

    /// Row 6.
    private Optional<Ruling> attested() {
        return visit.attested()
                .filter(_ -> visit.isRepeat())
                .map(basis -> new Ruling(new Standing.Attested(basis), null));
    }

    /// Row 7: evidence that the authority can be asked with.
    private Optional<Ruling> waiting() {
        return visit.cards()
                .filter(card -> !person.isAnswered(card) && !person.isUnusable(card))
                .findFirst()
                .map(_ -> new Ruling(new Standing.Waiting(), null));
    }

    private Set<Notice> notices(Ruling ruling) {
        Set<Notice> notices = EnumSet.noneOf(Notice.class);
        if (isCopayChanged(ruling)) {
            notices.add(Notice.COPAY_CHANGED);
        }
        if (nothingCovers() && voice.knowsLaterCoverage()) {
            notices.add(Notice.PREVIOUS_INSURER_NEEDED);
        }
        if (differsFromAttested(ruling)) {
            notices.add(Notice.COVERAGE_DIFFERS_FROM_ATTESTED);
        }
        if (ruling.standing() instanceof Standing.Deferred && visit.cards().anyMatch(person::isUnusable)) {
            notices.add(Notice.CARD_EVIDENCE_UNUSABLE);
        }
        return Set.copyOf(notices);
    }

    private boolean isCopayChanged(Ruling ruling) {
        Coverage confirmed = ruling.confirmedCoverage();
        return confirmed != null
                && Stream.concat(sharesOf(confirmed), visit.copayCharged().stream())
                        .anyMatch(share -> share != confirmed.copayPercent());
    }

    private Stream<Integer> sharesOf(Coverage coverage) {
        return voice.validCoverages().filter(coverage::isSameAs).map(Coverage::copayPercent);
    }

    private boolean nothingCovers() {
        return voice.valid().findAny().isEmpty() && visit.documents().findAny().isEmpty();
    }

    private boolean differsFromAttested(Ruling ruling) {
        Coverage confirmed = ruling.confirmedCoverage();
        return confirmed != null
                && visit.attested()
                        .filter(basis -> basis instanceof Evidence.Basis.Shown shown
                                && !shown.coverage().equals(confirmed.digest()))
                        .isPresent();
    }

    private static Ruling confirmed(Standing.By by, Fact.CheckRecorded document) {
        return new Ruling(new Standing.Confirmed(by), proof(document));
    }

    private static Proof proof(Fact.AnswerReceived said) {
        Insured insured = said.answer() instanceof Answer.Valid valid ? valid.insured() : null;
        return new Proof(said.check(), said.asOf(), said.answer().coverage(), insured, said.number());
    }

    private static Proof proof(Fact.CheckRecorded document) {
        return new Proof(document.check(), document.treatmentDate(), document.shownCoverage(), null, null);
    }

    private record Ruling(Standing standing, @Nullable Proof proof) {
        @Nullable
        Coverage confirmedCoverage() {
            return proof != null && standing instanceof Standing.Confirmed ? proof.coverage() : null;
        }
    }
}
