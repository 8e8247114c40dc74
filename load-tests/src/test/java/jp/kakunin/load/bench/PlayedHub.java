package jp.kakunin.load.bench;

import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import jp.kakunin.codec.Decoded;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact.AnswerReceived;
import jp.kakunin.domain.Fact.CheckRecorded;
import jp.kakunin.domain.IdSource;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.domain.Insured;
import jp.kakunin.domain.InsurerNumber;
import jp.kakunin.domain.ProofNumber;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.edge.exchange.ConnectionState.Cause;
import jp.kakunin.edge.exchange.HubLink;
import jp.kakunin.edge.exchange.Sending;
import jp.kakunin.edge.identity.EdgeIdentity;
import jp.kakunin.exchange.Batch;
import jp.kakunin.exchange.Cursor;
import jp.kakunin.exchange.Delivered;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Request;
import jp.kakunin.exchange.SentFact;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.exchange.StreamReply;
import jp.kakunin.exchange.StreamReply.Grant;
import jp.kakunin.exchange.Tally;
import org.jspecify.annotations.Nullable;

/// A hub without a socket, at a line that can be cut: takes everything, answers each check of a card, and keeps next to
/// nothing itself.
final class PlayedHub implements HubLink {
    private static final Incarnation LIFE = new Incarnation(new UUID(7, 1));
    private static final Grant GRANT = new Grant(500, 1 << 20);
    private static final Reply.Policy POLICY = new Reply.Policy(Duration.ofSeconds(30), "0.1.0");
    private static final int CHECKS_PER_DENIAL = 40;
    private static final Insured SOMEBODY = new Insured("試験 太郎", "シケン タロウ", LocalDate.of(1970, 1, 1));
    private static final Coverage COVERAGE =
            new Coverage(InsurerNumber.ofBody("0699999"), "12", "345", "01", 30, LocalDate.of(2025, 4, 1), null);

    private final InstantSource time;
    private final IdSource ids;
    private final Map<Epoch, StreamPosition> streams = new HashMap<>();
    private final SortedMap<TreatmentMonth, Long> positions = new TreeMap<>();
    private final List<Delivered> news = new ArrayList<>();
    private @Nullable Asked waiting;
    private @Nullable Asked last;
    private boolean cut;
    private long checks;
    private long answers;

    private record Asked(Sending sending, Listener listener) {}

    PlayedHub(InstantSource time, long seed) {
        this.time = time;
        ids = new IdSource(time, new Random(seed));
    }

    @Override
    public synchronized void send(Sending sending, Listener listener) {
        last = new Asked(sending, listener);
        if (cut) {
            fail(last);
            return;
        }
        switch (sending.request()) {
            case Request.Push push -> answer(last, pushed(push));
            case Request.Wait _ -> waiting = last;
        }
        tell();
    }

    private void answer(Asked asked, Reply.Body body) {
        answers++;
        asked.listener().replied(asked.sending(), new Reply(LIFE, time.instant(), POLICY, body));
    }

    private void fail(Asked asked) {
        answers++;
        asked.listener().failed(asked.sending(), Cause.TCP);
    }

    private void tell() {
        if (waiting != null && !news.isEmpty()) {
            answerTheWait();
        }
    }

    private void answerTheWait() {
        Asked asked = waiting;
        if (asked != null && asked.sending().request() instanceof Request.Wait wait) {
            waiting = null;
            positions.keySet().removeIf(month -> month.isClosedAt(time.instant()));
            var body = new Reply.News(wait.clinic(), news, new Cursor(LIFE, positions), false);
            news.clear();
            answer(asked, body);
        }
    }

    private Reply.Pushed pushed(Request.Push push) {
        List<StreamReply> replies = new ArrayList<>();
        for (Batch batch : push.batches()) {
            StreamPosition position = streams.getOrDefault(batch.epoch(), StreamPosition.START);
            if (!position.equals(batch.follows())) {
                replies.add(new StreamReply.Resume(batch.clinic(), batch.epoch(), position, GRANT, List.of()));
                continue;
            }
            for (SentFact sent : batch.facts()) {
                position = position.after(sent.fact());
                take(sent.fact());
            }
            streams.put(batch.epoch(), position);
            Tally tally = new Tally(position.seq(), 0, 0, 0, 0);
            replies.add(new StreamReply.Acknowledged(batch.clinic(), batch.epoch(), position, GRANT, tally, List.of()));
        }
        return new Reply.Pushed(replies);
    }

    private void take(byte[] fact) {
        if (FactCodec.decode(fact) instanceof Decoded.Known(CheckRecorded check)
                && check.evidence() instanceof Evidence.Card) {
            checks++;
            Answer answer = checks % CHECKS_PER_DENIAL == 0
                    ? new Answer.Invalid(COVERAGE)
                    : new Answer.Valid(COVERAGE, SOMEBODY);
            var received = new AnswerReceived(
                    check.envelope().beside(ids.fact(), time.instant(), false),
                    check.check(),
                    check.treatmentDate(),
                    time.instant(),
                    answer,
                    new ProofNumber(1, checks),
                    Digest.ZERO);
            TreatmentMonth month = check.envelope().month();
            news.add(new Delivered(month, positions.merge(month, 1L, Long::sum), FactCodec.encode(received)));
        }
    }

    /// Answers the wait without news; or repeats an answer nobody waits for, which wakes the edge and changes
    /// nothing.
    synchronized void wake() {
        if (waiting != null) {
            answerTheWait();
        } else if (last != null) {
            answer(last, new Reply.Busy(Duration.ofSeconds(1)));
        }
    }

    synchronized boolean isKnown() {
        return last != null;
    }

    /// How many checks of cards were answered.
    synchronized long checks() {
        return checks;
    }

    /// How often it has said something, be it that the line is cut.
    synchronized long answers() {
        return answers;
    }

    synchronized void cut() {
        cut = true;
        Asked asked = waiting;
        waiting = null;
        if (asked != null) {
            fail(asked);
        }
    }

    synchronized void mend() {
        cut = false;
    }

    @Override
    public synchronized void hangUp() {
        waiting = null;
    }

    @Override
    public void renewed(EdgeIdentity identity) {
        // Nothing is asked of certificates here.
    }

    @Override
    public void close() {
        // There is nothing to close.
    }
}
