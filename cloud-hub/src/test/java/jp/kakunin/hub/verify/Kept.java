package jp.kakunin.hub.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static jp.kakunin.hub.testing.Sample.EVIDENCE;
import static jp.kakunin.hub.testing.Sample.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.EvidenceFlaw;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.exchange.Backlog;
import jp.kakunin.exchange.Batch;
import jp.kakunin.exchange.SentFact;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.exchange.StreamReply;
import jp.kakunin.exchange.StreamReply.Grant;
import jp.kakunin.hub.journal.Commit;
import jp.kakunin.hub.journal.CommitResult;
import jp.kakunin.hub.journal.Durability;
import jp.kakunin.hub.journal.Positioned;
import jp.kakunin.hub.journal.Question;
import jp.kakunin.hub.journal.RocksJournal;
import jp.kakunin.hub.journal.SetAside;
import jp.kakunin.hub.reconcile.ClinicView;
import jp.kakunin.hub.reconcile.Decider;
import jp.kakunin.hub.reconcile.Decision;
import jp.kakunin.hub.reconcile.Sender;
import jp.kakunin.hub.reconcile.Sender.Trust;
import jp.kakunin.hub.testing.OlderHub;
import jp.kakunin.hub.testing.Sample;
import jp.kakunin.journal.JournalEntry.Origin;
import jp.kakunin.keys.MonthKeys;
import org.jspecify.annotations.Nullable;

/// One device of a clinic whose facts are decided and kept by the real journal.
final class Kept implements AutoCloseable {
    private final InstitutionCode clinic;
    private final RocksJournal journal;
    private final Decider decider;
    private final Sender sender;
    private final Epoch epoch;
    private final OlderHub older;
    private StreamPosition position = StreamPosition.START;

    Kept(Path folder, MonthKeys keys, Sample sample, InstitutionCode clinic) throws IOException {
        this.clinic = clinic;
        journal = RocksJournal.open(folder, keys, Durability.SYNC, new Random(1));
        decider = new Decider(Sample.SEAL, Sample.NUMBERS, sample.ids);
        sender = new Sender(sample.ids.device(), sample.ids.instance(), Trust.FULL);
        epoch = sample.ids.epoch();
        older = new OlderHub(journal, sample);
    }

    void send(Fact... facts) {
        List<SentFact> sent = new ArrayList<>();
        for (Fact fact : facts) {
            boolean card = fact instanceof Fact.CheckRecorded check && check.evidence() instanceof Evidence.Card;
            sent.add(new SentFact(position.seq() + 1 + sent.size(), FactCodec.encode(fact), card ? EVIDENCE : null));
        }
        send(sent);
    }

    void sendWithoutEvidence(Fact fact) {
        send(List.of(new SentFact(position.seq() + 1, FactCodec.encode(fact), null)));
    }

    void sendNoise(String noise) {
        send(List.of(new SentFact(position.seq() + 1, noise.getBytes(UTF_8), null)));
    }

    private void send(List<SentFact> sent) {
        Batch batch = new Batch(clinic, epoch, position, sent, false, Backlog.NONE);
        Decision.Store store = (Decision.Store) decider.decide(view(), sender, batch, Grant.NONE);
        write(store.commit());
        position = ((StreamReply.Acknowledged) store.reply()).position();
    }

    Question question(Fact.CheckRecorded check) {
        return questions()
                .filter(question -> question.check().equals(check.check()))
                .findFirst()
                .orElseThrow();
    }

    Stream<Question> questions() {
        return journal.questions(null, Integer.MAX_VALUE).stream();
    }

    void answer(Question question, Answer answer) {
        decider.answer(view(), question, question.treatmentDate(), NOW, answer).ifPresent(this::write);
    }

    void unusable(Question question) {
        decider.unusable(view(), question, EvidenceFlaw.NOT_READABLE).ifPresent(this::write);
    }

    /// An older hub could not read it; this one can.
    void retake(Fact fact, byte @Nullable [] attachment) throws Exception {
        SetAside setAside = older.take(fact, attachment, QuarantineReason.UNKNOWN_SCHEMA);
        Positioned why = journal.read(clinic, setAside.month(), setAside.position() - 1, 1)
                .getFirst();
        Origin origin = Objects.requireNonNull(why.entry().origin());
        write(decider.retake(view(), Trust.FULL, setAside, origin).orElseThrow());
    }

    private ClinicView view() {
        return ClinicView.of(journal, clinic, NOW);
    }

    private void write(Commit commit) {
        assertThat(journal.commit(commit).join()).isInstanceOf(CommitResult.Committed.class);
    }

    @Override
    public void close() {
        journal.close();
    }
}
