package jp.kakunin.hub.reconcile;

import static jp.kakunin.hub.testing.Sample.CLINIC;
import static jp.kakunin.hub.testing.Sample.EVIDENCE;
import static jp.kakunin.hub.testing.Sample.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import jp.kakunin.codec.Decoded;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.EvidenceFlaw;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.Standing;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitStanding;
import jp.kakunin.exchange.Backlog;
import jp.kakunin.exchange.Batch;
import jp.kakunin.exchange.SentFact;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.exchange.StreamReply;
import jp.kakunin.exchange.StreamReply.Grant;
import jp.kakunin.exchange.StreamReply.Remark;
import jp.kakunin.exchange.Tally;
import jp.kakunin.hub.journal.Commit;
import jp.kakunin.hub.journal.CommitResult;
import jp.kakunin.hub.journal.MemoryJournal;
import jp.kakunin.hub.journal.PatientMonth;
import jp.kakunin.hub.journal.Question;
import jp.kakunin.hub.reconcile.Sender.Trust;
import jp.kakunin.hub.testing.Sample;
import jp.kakunin.journal.StreamId;
import org.jspecify.annotations.Nullable;

/// One device that sends facts to a decider whose decisions are stored at once.
final class Desk {
    final MemoryJournal journal = MemoryJournal.create(new Incarnation(new UUID(1, 1)), Runnable::run);
    final Decider decider;
    StreamPosition position = StreamPosition.START;
    private final Sample sample;
    private final DeviceId device;
    private final Sender sender;
    private Epoch epoch;
    private List<Remark> remarks = List.of();
    private List<QuarantineReason> quarantined = List.of();

    Desk(Sample sample) {
        this.sample = sample;
        decider = new Decider(Sample.SEAL, Sample.NUMBERS, sample.ids);
        device = sample.ids.device();
        epoch = sample.ids.epoch();
        sender = new Sender(device, sample.ids.instance(), Trust.FULL);
    }

    void newEpoch() {
        epoch = sample.ids.epoch();
        position = StreamPosition.START;
    }

    StreamId stream() {
        return new StreamId(device, epoch, CLINIC);
    }

    ClinicView view() {
        return ClinicView.of(journal, CLINIC, NOW);
    }

    Tally send(Fact... facts) {
        return sendAs(Trust.FULL, facts);
    }

    Tally send(List<Fact> facts) {
        return sendAs(Trust.FULL, facts.toArray(Fact[]::new));
    }

    Tally sendAs(Trust trust, Fact... facts) {
        return store(number(Stream.of(facts).map(this::encoded).toList(), EVIDENCE, List.of(facts)), trust);
    }

    void sendWith(byte[] attachment, Fact fact) {
        store(List.of(new SentFact(position.seq() + 1, encoded(fact), attachment)), Trust.FULL);
    }

    Tally sendBytes(byte[]... facts) {
        return store(number(List.of(facts), null, List.of()), Trust.FULL);
    }

    StreamReply reply(Trust trust, Fact... facts) {
        return replyTo(batch(number(Stream.of(facts).map(this::encoded).toList(), null, List.of()), false), trust);
    }

    StreamReply replyTo(Batch batch, Trust trust) {
        return decider.decide(view(), trusted(trust), batch, Grant.NONE).reply();
    }

    Batch batch(List<SentFact> facts, boolean live) {
        return new Batch(CLINIC, epoch, position, facts, live, Backlog.NONE);
    }

    SentFact sent(long seq, Fact fact) {
        return new SentFact(seq, encoded(fact), null);
    }

    byte[] encoded(Fact fact) {
        return FactCodec.encode(fact);
    }

    void answer(Question question, Answer answer) {
        write(decider.answer(view(), question, question.treatmentDate(), NOW, answer)
                .orElseThrow());
    }

    void unusable(Question question) {
        write(decider.unusable(view(), question, EvidenceFlaw.NOT_READABLE).orElseThrow());
    }

    Question question() {
        return journal.questions(null, 1).getFirst();
    }

    List<VisitStanding> visits(PatientId patient, TreatmentMonth month) {
        return journal.summary(new PatientMonth(CLINIC, month, patient)).visits();
    }

    List<Standing> standings(PatientId patient, TreatmentMonth month) {
        return visits(patient, month).stream().map(VisitStanding::standing).toList();
    }

    List<Fact> facts(TreatmentMonth month) {
        return journal.read(CLINIC, month, 0, Integer.MAX_VALUE).stream()
                .map(each -> ((Decoded.Known) FactCodec.decode(each.entry().fact())).fact())
                .toList();
    }

    List<Remark> remarks() {
        return remarks;
    }

    List<QuarantineReason> quarantined() {
        return quarantined;
    }

    private List<SentFact> number(List<byte[]> encoded, byte @Nullable [] attachment, List<Fact> facts) {
        List<SentFact> sent = new ArrayList<>();
        for (int i = 0; i < encoded.size(); i++) {
            boolean card = i < facts.size()
                    && facts.get(i) instanceof Fact.CheckRecorded check
                    && check.evidence() instanceof Evidence.Card;
            sent.add(new SentFact(position.seq() + 1 + i, encoded.get(i), card ? attachment : null));
        }
        return sent;
    }

    private Tally store(List<SentFact> sent, Trust trust) {
        Decision decision = decider.decide(view(), trusted(trust), batch(sent, false), Grant.NONE);
        Decision.Store store = (Decision.Store) decision;
        write(store.commit());
        StreamReply.Acknowledged acknowledged = (StreamReply.Acknowledged) store.reply();
        position = acknowledged.position();
        remarks = acknowledged.remarks();
        quarantined = store.quarantined();
        return store.tally();
    }

    private void write(Commit commit) {
        assertThat(journal.commit(commit)).isCompletedWithValue(new CommitResult.Committed(commit.next()));
    }

    private Sender trusted(Trust trust) {
        return new Sender(sender.device(), sender.instance(), trust);
    }
}
