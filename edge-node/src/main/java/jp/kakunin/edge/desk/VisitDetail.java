package jp.kakunin.edge.desk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.Insured;
import jp.kakunin.domain.VisitStanding.Notice;
import jp.kakunin.domain.VisitStanding.Proof;
import jp.kakunin.outbox.Remarked;
import org.jspecify.annotations.Nullable;

/// One visit with everything the desk may show of it: never the address.
///
/// @param lines what was confirmed, as label and value
/// @param number the proof number of the answer that decided, or empty
/// @param toCopy the visit as text for the clipboard
/// @param toSpeak all of it in words for a voice
/// @param toSpeakAloud what may be heard by others
public record VisitDetail(
        VisitRow row,
        String clinic,
        String date,
        List<Line> lines,
        List<String> notices,
        List<Entry> checks,
        List<Entry> joins,
        String patientId,
        String number,
        boolean denied,
        String toCopy,
        String toSpeak,
        String toSpeakAloud) {

    /// What the authority sends for a character that its messages have no place for.
    private static final char UNPRINTABLE = '●';

    public record Line(String label, String value) {
        @Override
        public String toString() {
            return "Line[" + label + "]";
        }
    }

    /// A recorded fact that can be taken back.
    public record Entry(String fact, String time, String text, String remark) {}

    static VisitDetail of(DeskVisit visit, Map<FactId, Remarked> remarks, Texts texts) {
        VisitWords words = new VisitWords(visit, texts);
        return new VisitDetail(
                VisitRow.of(visit, List.of(visit), remarks, texts),
                visit.clinic().digits(),
                texts.date(visit.judged().treatmentDate()),
                lines(visit, texts),
                notices(visit, texts),
                visit.checks().stream()
                        .sorted(Comparator.comparing(Fact.CheckRecorded::id))
                        .map(check -> entry(check, evidence(check.evidence(), texts), remarks, texts))
                        .toList(),
                visit.joins().stream()
                        .map(join -> entry(join, texts.text("visit.joined"), remarks, texts))
                        .toList(),
                visit.judged().patient().toString(),
                number(visit.judged().proof()),
                visit.denial() != null,
                words.toCopy(),
                words.toSpeak(),
                words.toSpeakAloud());
    }

    private static List<String> notices(DeskVisit visit, Texts texts) {
        Stream<String> judged =
                visit.judged().notices().stream().sorted().map((Notice notice) -> texts.text("notice", notice));
        boolean unprintable = visit.name() != null && visit.name().indexOf(UNPRINTABLE) >= 0;
        Insured insured = visit.insured();
        boolean kanaOnly = insured != null && insured.name().isBlank();
        return Stream.of(
                        judged,
                        unprintable ? coded(Advice.LETTERS_MISSING, texts) : Stream.<String>empty(),
                        kanaOnly ? coded(Advice.KANA_ONLY, texts) : Stream.<String>empty())
                .flatMap(each -> each)
                .toList();
    }

    private static Stream<String> coded(Advice advice, Texts texts) {
        return Stream.of(texts.text(advice.staffKey()) + " (" + advice.code() + ")");
    }

    private static String number(@Nullable Proof proof) {
        return proof == null || proof.number() == null ? "" : proof.number().toString();
    }

    static List<Line> lines(DeskVisit visit, Texts texts) {
        List<Line> lines = new ArrayList<>();
        Insured insured = visit.insured();
        if (insured != null) {
            add(lines, texts.text("visit.kana"), insured.kana());
            add(lines, texts.text("visit.birth"), insured.birthDate().toString());
        }
        Proof proof = visit.judged().proof();
        if (proof != null) {
            add(lines, texts.text("visit.asof"), texts.date(proof.asOf()));
            if (proof.coverage() != null) {
                addCoverage(lines, proof.coverage(), texts);
            }
        }
        return lines;
    }

    private static void addCoverage(List<Line> lines, Coverage coverage, Texts texts) {
        add(lines, texts.text("visit.copay"), texts.text("visit.copay.value", coverage.copayPercent() / 10));
        add(lines, texts.text("visit.insurer"), coverage.insurer().digits());
        add(lines, texts.text("visit.symbol"), coverage.symbol());
        add(lines, texts.text("visit.number"), coverage.number());
        add(lines, texts.text("visit.branch"), coverage.branch());
        String range = coverage.until() == null
                ? texts.text("visit.valid.from", coverage.from())
                : texts.text("visit.valid.range", coverage.from(), coverage.until());
        add(lines, texts.text("visit.valid"), range);
    }

    private static void add(List<Line> lines, String label, String value) {
        if (!value.isEmpty()) {
            lines.add(new Line(label, value));
        }
    }

    private static Entry entry(Fact fact, String text, Map<FactId, Remarked> remarks, Texts texts) {
        Remarked remark = remarks.get(fact.id());
        return new Entry(
                fact.id().toString(),
                texts.time(fact.envelope().capturedAt()),
                text,
                remark == null ? "" : remark(remark, texts));
    }

    /// Why it took no effect, and what to do.
    static String remark(Remarked remark, Texts texts) {
        return texts.text("remark", remark.reason() == null ? remark.outcome() : remark.reason());
    }

    static String evidence(Evidence evidence, Texts texts) {
        return switch (evidence) {
            case Evidence.Card card -> texts.text("evidence", card.verification());
            case Evidence.Document document -> texts.text("evidence", document.document());
            case Evidence.Oral oral ->
                switch (oral.basis()) {
                    case Evidence.Basis.Shown _ -> texts.text("evidence.shown");
                    case Evidence.Basis.OwnRecord _ -> texts.text("evidence.own_record");
                };
            case Evidence.None _ -> texts.text("evidence.none");
        };
    }

    @Override
    public String toString() {
        return "VisitDetail[" + row.id() + "]";
    }
}
