package jp.kakunin.edge.desk;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.Insured;
import jp.kakunin.domain.Standing;
import jp.kakunin.domain.VisitStanding.Proof;

/// A visit in words that leave the screen: as text to copy, and as sentences to be spoken. Never with the address.
///
/// The copied text has one `label: value` a line, in a fixed order, and ends with an empty line, so that several can
/// stand below each other. `ops/copied-text.md` describes it; its first line names the version.
final class VisitWords {
    private final DeskVisit visit;
    private final Texts texts;

    VisitWords(DeskVisit visit, Texts texts) {
        this.visit = visit;
        this.texts = texts;
    }

    String toCopy() {
        StringBuilder text = new StringBuilder(texts.text("copied.title")).append('\n');
        for (VisitDetail.Line line : lines()) {
            if (!line.value().isEmpty()) {
                text.append(line.label()).append(": ").append(line.value()).append('\n');
            }
        }
        return text.append('\n').toString();
    }

    private List<VisitDetail.Line> lines() {
        List<VisitDetail.Line> lines = new ArrayList<>();
        add(lines, "copied.clinic", visit.clinic().digits());
        add(lines, "copied.date", visit.judged().treatmentDate().toString());
        add(lines, "copied.time", texts.time(visit.arrivedAt()));
        add(lines, "copied.kind", VisitRow.kind(visit.judged().kind(), texts));
        add(lines, "visits.patient", visit.name() == null ? "" : visit.name());
        Insured insured = visit.insured();
        if (insured != null) {
            add(lines, "visit.kana", wide(insured.kana()));
            add(lines, "visit.birth", insured.birthDate().toString());
        }
        String by = visit.judged().standing() instanceof Standing.Confirmed(Standing.By how)
                ? " / " + texts.text("by", how)
                : "";
        add(lines, "visits.standing", texts.text(VisitRow.standingKey(visit)) + by);
        Proof proof = visit.judged().proof();
        if (proof != null) {
            add(lines, "visit.asof", proof.asOf().toString());
            if (proof.coverage() != null) {
                addCoverage(lines, proof.coverage());
            }
            add(
                    lines,
                    "visit.proof",
                    proof.number() == null ? "" : proof.number().toString());
        }
        if (!isConfirmed()) {
            add(lines, "copied.due", visit.judged().month().due().toString());
            add(lines, "visits.step", texts.text(visit.next().key()));
        }
        return lines;
    }

    private void addCoverage(List<VisitDetail.Line> lines, Coverage coverage) {
        add(lines, "visit.insurer", coverage.insurer().digits());
        add(lines, "visit.symbol", coverage.symbol());
        add(lines, "visit.number", coverage.number());
        add(lines, "visit.branch", coverage.branch());
        add(lines, "visit.copay", texts.text("visit.copay.value", coverage.copayPercent() / 10));
        add(lines, "copied.from", coverage.from().toString());
        add(
                lines,
                "copied.until",
                coverage.until() == null ? "" : coverage.until().toString());
    }

    private void add(List<VisitDetail.Line> lines, String key, String value) {
        lines.add(new VisitDetail.Line(texts.text(key), value));
    }

    /// For whoever listens alone: names from their kana, numbers digit by digit.
    String toSpeak() {
        StringJoiner spoken = new StringJoiner(texts.text("speech.pause"));
        spoken.add(name());
        spoken.add(texts.date(visit.judged().treatmentDate()));
        spoken.add(VisitRow.kind(visit.judged().kind(), texts));
        spoken.add(texts.text(VisitRow.standingKey(visit)));
        Proof proof = visit.judged().proof();
        if (proof != null && proof.coverage() != null) {
            Coverage coverage = proof.coverage();
            spoken.add(texts.text("visit.copay") + " " + texts.text("visit.copay.value", coverage.copayPercent() / 10));
            addSpelled(spoken, "visit.insurer", coverage.insurer().digits());
            addSpelled(spoken, "visit.symbol", coverage.symbol());
            addSpelled(spoken, "visit.number", coverage.number());
            addSpelled(spoken, "visit.branch", coverage.branch());
        }
        if (visit.next() != NextStep.NOTHING) {
            spoken.add(texts.text(visit.next().key()));
        }
        return spoken.toString();
    }

    /// For a waiting room: whether all is well and what to pay, of nobody in particular. What is not well is nobody
    /// else's business.
    String toSpeakAloud() {
        Proof proof = visit.judged().proof();
        if (!isConfirmed()) {
            return texts.text("speech.aloud.look");
        }
        return proof == null || proof.coverage() == null
                ? texts.text("speech.aloud.confirmed")
                : texts.text("speech.aloud.share", proof.coverage().copayPercent() / 10);
    }

    private boolean isConfirmed() {
        return visit.judged().standing() instanceof Standing.Confirmed;
    }

    private String name() {
        Insured insured = visit.insured();
        String kana = insured == null ? "" : wide(insured.kana());
        String name = kana.isBlank() ? VisitRow.patient(visit, texts) : kana;
        return texts.text("speech.patient", name);
    }

    private void addSpelled(StringJoiner spoken, String label, String value) {
        if (!value.isEmpty()) {
            spoken.add(texts.text(label) + " " + spelled(value, texts));
        }
    }

    /// Each digit and sign as a word of its own, because a voice would read a number as an amount.
    static String spelled(String value, Texts texts) {
        String[] digits = texts.text("speech.digits").split(",");
        return wide(value)
                .codePoints()
                .mapToObj(c -> {
                    if (c >= '0' && c <= '9') {
                        return digits[c - '0'];
                    }
                    return switch (c) {
                        case '-', 'ー', '‐', '−', '―', '–', '—' -> texts.text("speech.dash");
                        case '・', '.' -> texts.text("speech.dot");
                        case '●' -> texts.text("speech.unprintable");
                        default -> Character.toString(c).toUpperCase(Locale.ROOT);
                    };
                })
                .collect(Collectors.joining(" "));
    }

    /// Half-width kana become full-width, full-width digits half-width.
    private static String wide(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).replaceAll("\\s+", " ");
    }
}
