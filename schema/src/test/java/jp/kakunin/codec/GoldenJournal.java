package jp.kakunin.codec;

import static jp.kakunin.codec.GoldenFacts.CHECK;
import static jp.kakunin.codec.GoldenFacts.COVERAGE;
import static jp.kakunin.codec.GoldenFacts.DAY;
import static jp.kakunin.codec.GoldenFacts.HANAKO;
import static jp.kakunin.codec.GoldenFacts.MORNING;
import static jp.kakunin.codec.GoldenFacts.NOVEMBER;
import static jp.kakunin.codec.GoldenFacts.NUMBER;
import static jp.kakunin.codec.GoldenFacts.PATIENT;
import static jp.kakunin.codec.GoldenFacts.VISIT;
import static jp.kakunin.codec.GoldenFacts.digest;
import static jp.kakunin.codec.GoldenFacts.id;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Evidence.Basis;
import jp.kakunin.domain.Instance;
import jp.kakunin.domain.Standing;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.domain.VisitStanding;
import jp.kakunin.domain.VisitStanding.Notice;
import jp.kakunin.domain.VisitStanding.Proof;
import jp.kakunin.journal.ClosedMonth;
import jp.kakunin.journal.Head;
import jp.kakunin.journal.Head.Tip;
import jp.kakunin.journal.JournalBlock;
import jp.kakunin.journal.JournalEntry;
import jp.kakunin.journal.StreamState;
import jp.kakunin.journal.Summary;

/// One record of each kind that a hub keeps, made up.
final class GoldenJournal {
    static final Head HEAD = new Head(
            99, new TreeMap<>(Map.of(NOVEMBER, new Tip(7, digest(5)), NOVEMBER.previous(), new Tip(300, digest(6)))));

    static final JournalBlock BLOCK = new JournalBlock(
            digest(7),
            List.of(
                    new JournalEntry(
                            MORNING,
                            new JournalEntry.Origin(new DeviceId(id(20)), new Epoch(id(10)), 42),
                            new byte[] {1, 2, 3}),
                    new JournalEntry(MORNING, null, new byte[] {4})));

    static final StreamState STREAM_STATE = new StreamState(
            GoldenFrames.POSITION, GoldenFrames.TALLY, GoldenFrames.REMARKS, new Instance(id(11)), MORNING);

    static final Summary SUMMARY = new Summary(
            GoldenFacts.ALL.values().stream().map(FactCodec::encoded).toList(),
            List.of(
                    visit(new Standing.Confirmed(Standing.By.CARD), EnumSet.allOf(Notice.class)),
                    visit(new Standing.Attested(new Basis.Shown(CHECK, DAY, COVERAGE.digest())), Set.of()),
                    visit(new Standing.Contested(), Set.of(Notice.COPAY_CHANGED))));

    static final ClosedMonth CLOSED_MONTH = ClosedMonth.begin(NOVEMBER, digest(8))
            .plus("1380000016", new Tip(7, digest(5)))
            .counted(new TreeMap<>(Map.of("CONFIRMED", 5L, "DEFERRED", 1L)));

    private GoldenJournal() {}

    private static VisitStanding visit(Standing standing, Set<Notice> notices) {
        var proof = new Proof(CHECK, DAY, COVERAGE, HANAKO, NUMBER);
        return new VisitStanding(VISIT, PATIENT, VisitKind.INITIAL, DAY, standing, proof, notices);
    }
}
