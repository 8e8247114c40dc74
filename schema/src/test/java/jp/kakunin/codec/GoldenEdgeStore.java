package jp.kakunin.codec;

import static jp.kakunin.codec.GoldenFacts.MORNING;
import static jp.kakunin.codec.GoldenFacts.NOVEMBER;
import static jp.kakunin.codec.GoldenFacts.digest;
import static jp.kakunin.codec.GoldenFacts.id;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.exchange.Cursor;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.exchange.StreamReply.Outcome;
import jp.kakunin.outbox.Admission;
import jp.kakunin.outbox.Feed;
import jp.kakunin.outbox.KeptFact;
import jp.kakunin.outbox.LastHeard;
import jp.kakunin.outbox.Numbered;
import jp.kakunin.outbox.Outbox;
import jp.kakunin.outbox.Remarked;
import jp.kakunin.outbox.Told;
import jp.kakunin.outbox.TooLate;

/// One record of each kind that an edge keeps, made up.
final class GoldenEdgeStore {
    private static final byte[] FACT = {1, 2, 3};
    private static final Epoch EPOCH = new Epoch(id(10));
    private static final Incarnation INCARNATION = new Incarnation(id(12));

    private static final Outbox OUTBOX = new Outbox(
            EPOCH,
            GoldenFrames.POSITION,
            List.of(
                    new Numbered(new FactId(id(1)), NOVEMBER, new StreamPosition(42, digest(8))),
                    new Numbered(new FactId(id(2)), NOVEMBER.previous(), new StreamPosition(43, digest(9)))));

    private GoldenEdgeStore() {}

    static Stream<GoldenSample<?>> samples() {
        return Stream.of(
                kept("own", new KeptFact(FACT, true)),
                kept("delivered", new KeptFact(FACT, false)),
                new GoldenSample<Epoch>("edge-mark", EPOCH, EdgeStoreCodec::encodeMark, EdgeStoreCodec::decodeMark),
                outbox("begun", Outbox.begin(EPOCH)),
                outbox("numbered", OUTBOX),
                remarked("quarantined", new Remarked(Outcome.QUARANTINED, QuarantineReason.CLOCK_DOUBTFUL)),
                remarked("too-late", new Remarked(Outcome.TOO_LATE, null)),
                new GoldenSample<LastHeard>(
                        "edge-last-heard",
                        new LastHeard(INCARNATION, MORNING, GoldenFrames.POLICY),
                        EdgeStoreCodec::encode,
                        EdgeStoreCodec::decodeLastHeard),
                new GoldenSample<TooLate>(
                        "edge-too-late",
                        new TooLate(Map.of(NOVEMBER, 3, NOVEMBER.previous(), 1)),
                        EdgeStoreCodec::encode,
                        EdgeStoreCodec::decodeTooLate),
                told("visit", new Told(7, MORNING, digest(5))),
                told("gone", new Told(8, MORNING, null)),
                new GoldenSample<Feed>(
                        "edge-feed", new Feed(id(13), 8), EdgeStoreCodec::encode, EdgeStoreCodec::decodeFeed),
                admission("granted", Admission.GRANTED),
                admission("revoked", new Admission(Refusal.DEVICE_REVOKED)),
                new GoldenSample<Cursor>(
                        "edge-cursor",
                        new Cursor(INCARNATION, Map.of(NOVEMBER, 7L, NOVEMBER.previous(), 300L)),
                        EdgeStoreCodec::encode,
                        EdgeStoreCodec::decodeCursor));
    }

    private static GoldenSample<KeptFact> kept(String name, KeptFact kept) {
        return new GoldenSample<>("edge-kept-" + name, kept, EdgeStoreCodec::encode, EdgeStoreCodec::decodeKeptFact);
    }

    private static GoldenSample<Told> told(String name, Told told) {
        return new GoldenSample<>("edge-told-" + name, told, EdgeStoreCodec::encode, EdgeStoreCodec::decodeTold);
    }

    private static GoldenSample<Admission> admission(String name, Admission admission) {
        return new GoldenSample<>(
                "edge-admission-" + name, admission, EdgeStoreCodec::encode, EdgeStoreCodec::decodeAdmission);
    }

    private static GoldenSample<Outbox> outbox(String name, Outbox outbox) {
        return new GoldenSample<>("edge-outbox-" + name, outbox, EdgeStoreCodec::encode, EdgeStoreCodec::decodeOutbox);
    }

    private static GoldenSample<Remarked> remarked(String name, Remarked remarked) {
        return new GoldenSample<>(
                "edge-remarked-" + name, remarked, EdgeStoreCodec::encode, EdgeStoreCodec::decodeRemarked);
    }
}
