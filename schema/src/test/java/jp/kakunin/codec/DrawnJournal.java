package jp.kakunin.codec;

import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Instance;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.Standing;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitId;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.domain.VisitStanding;
import jp.kakunin.domain.VisitStanding.Notice;
import jp.kakunin.domain.VisitStanding.Proof;
import jp.kakunin.journal.Head;
import jp.kakunin.journal.Head.Tip;
import jp.kakunin.journal.JournalBlock;
import jp.kakunin.journal.JournalEntry;
import jp.kakunin.journal.StreamState;
import jp.kakunin.journal.Summary;

/// What a hub keeps, drawn from a seed.
final class DrawnJournal {
    private final DrawnValues values;
    private final DrawnFacts facts;
    private final DrawnFrames frames;

    private DrawnJournal(int seed) {
        values = new DrawnValues(new Random(seed));
        facts = new DrawnFacts(values);
        frames = new DrawnFrames(values);
    }

    static Head headOfSeed(int seed) {
        return new DrawnJournal(seed).head();
    }

    static JournalBlock blockOfSeed(int seed) {
        return new DrawnJournal(seed).block();
    }

    static StreamState streamStateOfSeed(int seed) {
        return new DrawnJournal(seed).streamState();
    }

    static Summary summaryOfSeed(int seed) {
        return new DrawnJournal(seed).summary();
    }

    private Head head() {
        var tips = new TreeMap<TreatmentMonth, Tip>();
        for (int i = values.below(4); i > 0; i--) {
            tips.put(values.month(), new Tip(values.number(), values.digest()));
        }
        return new Head(values.number(), tips);
    }

    private JournalBlock block() {
        return new JournalBlock(
                values.digest(),
                Stream.generate(this::entry).limit(1 + values.below(5)).toList());
    }

    private JournalEntry entry() {
        return new JournalEntry(values.instant(), values.perhaps(this::origin), values.bytes(300));
    }

    private JournalEntry.Origin origin() {
        return new JournalEntry.Origin(new DeviceId(values.id()), new Epoch(values.id()), values.number());
    }

    private StreamState streamState() {
        return new StreamState(
                frames.position(),
                frames.tally(),
                values.several(frames::remark),
                new Instance(values.id()),
                values.instant());
    }

    private Summary summary() {
        return new Summary(values.several(() -> FactCodec.encoded(facts.fact())), values.several(this::visit));
    }

    private VisitStanding visit() {
        return new VisitStanding(
                new VisitId(values.id()),
                new PatientId(values.id()),
                values.one(VisitKind.class),
                values.date(),
                standing(),
                values.perhaps(this::proof),
                Set.copyOf(new TreeSet<>(values.several(() -> values.one(Notice.class)))));
    }

    private Standing standing() {
        return switch (values.below(6)) {
            case 0 -> new Standing.Confirmed(values.one(Standing.By.class));
            case 1 -> new Standing.Attested(values.basis());
            case 2 -> new Standing.Waiting();
            case 3 -> new Standing.Deferred();
            case 4 -> new Standing.Refused();
            default -> new Standing.Contested();
        };
    }

    private Proof proof() {
        return new Proof(
                values.check(),
                values.date(),
                values.perhaps(values::coverage),
                values.perhaps(values::insured),
                values.perhaps(values::proofNumber));
    }
}
