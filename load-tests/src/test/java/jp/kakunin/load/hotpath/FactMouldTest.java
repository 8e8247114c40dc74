package jp.kakunin.load.hotpath;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import jp.kakunin.codec.Decoded;
import jp.kakunin.codec.ExchangeCodec;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.FactId;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.domain.Instance;
import jp.kakunin.domain.VisitId;
import jp.kakunin.exchange.Batch;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Request;
import jp.kakunin.exchange.SentFact;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.exchange.StreamReply;
import jp.kakunin.exchange.StreamReply.Acknowledged;
import jp.kakunin.exchange.StreamReply.Grant;
import jp.kakunin.exchange.Tally;
import jp.kakunin.load.replay.LoadHub;
import org.junit.jupiter.api.Test;

/// What comes out of the moulds is what the product's codec would have written.
final class FactMouldTest {
    private static final Instant NOW = Instant.parse("2026-11-20T01:00:00Z");
    private static final Epoch EPOCH = new Epoch(new UUID(5, 6));

    private final Foundry foundry = new Foundry(true, InstantSource.fixed(NOW), new SplittableRandom(1));
    private final ClinicStream stream =
            new ClinicStream(LoadHub.clinic(7), EPOCH, new Instance(new UUID(1, 2)), false, NOW);

    @Test
    void a_push_is_byte_for_byte_what_the_codec_writes_over_all_widths_of_the_numbers() {
        StreamPosition position = StreamPosition.START;
        for (int push = 0; push < 180; push++) {
            byte[] body = body(stream.next(foundry, 50));
            Batch batch = batch(body);
            assertArrayEquals(ExchangeCodec.encode(ExchangeCodec.decodeRequest(body)), body);
            assertEquals(position, batch.follows());
            for (SentFact sent : batch.facts()) {
                position = position.after(sent.fact());
                assertEquals(position.seq(), sent.seq());
            }
            stream.acknowledged(reply(position, new Tally(position.seq(), 0, 0, 0, 0)));
        }
        assertTrue(position.seq() > 8_192, "the numbers of the facts must have reached three bytes");
    }

    @Test
    void every_fact_is_another_one_of_that_clinic_and_the_evidence_is_the_one_it_names() {
        Set<FactId> facts = new HashSet<>();
        Set<CheckId> checks = new HashSet<>();
        Set<VisitId> visits = new HashSet<>();
        int attachments = 0;
        StreamPosition position = StreamPosition.START;
        for (int push = 0; push < 40; push++) {
            for (SentFact sent : batch(body(stream.next(foundry, 50))).facts()) {
                position = position.after(sent.fact());
                Fact.CheckRecorded check = check(sent);
                assertEquals(LoadHub.clinic(7), check.envelope().clinic());
                facts.add(check.id());
                checks.add(check.check());
                visits.add(check.visit());
                if (check.evidence() instanceof Evidence.Card card) {
                    attachments++;
                    assertNotNull(sent.attachment());
                    assertEquals(Digest.of(sent.attachment()), card.attachment());
                }
            }
            stream.acknowledged(reply(position, new Tally(position.seq(), 0, 0, 0, 0)));
        }
        assertEquals(List.of(2_000, 2_000, 2_000), List.of(facts.size(), checks.size(), visits.size()));
        assertEquals(0.3, attachments / 2_000.0, 0.05);
        assertEquals(0.3, foundry.attachmentShare(), 1e-9);
        assertTrue(foundry.meanBytes() >= 300, "facts weigh 300 bytes and more");
    }

    @Test
    void a_patient_comes_about_five_times() {
        int patients = 0;
        int visits = 20_000;
        for (int i = 0; i < visits; i++) {
            patients = Math.max(patients, foundry.patient(patients) + 1);
        }
        assertEquals(5.0, (double) visits / patients, 0.3);
    }

    @Test
    void a_fact_that_was_not_stored_is_noticed() {
        StreamPosition position = StreamPosition.START;
        for (SentFact sent : batch(body(stream.next(foundry, 3))).facts()) {
            position = position.after(sent.fact());
        }
        Reply held = reply(position, new Tally(2, 1, 0, 0, 0));
        assertThrows(IllegalStateException.class, () -> stream.acknowledged(held));
        Reply elsewhere = reply(new StreamPosition(3, Digest.ZERO), new Tally(3, 0, 0, 0, 0));
        assertThrows(IllegalStateException.class, () -> stream.acknowledged(elsewhere));
        stream.acknowledged(reply(position, new Tally(3, 0, 0, 0, 0)));
        assertEquals(3, stream.stored());
    }

    private Reply reply(StreamPosition position, Tally tally) {
        StreamReply said = new Acknowledged(stream.clinic(), EPOCH, position, Grant.NONE, tally, List.of());
        return new Reply(new Incarnation(new UUID(3, 4)), NOW, Reply.Policy.DEFAULT, new Reply.Pushed(List.of(said)));
    }

    private static byte[] body(ClinicStream.Push push) {
        return Arrays.copyOf(push.body(), push.length());
    }

    private static Batch batch(byte[] body) {
        return ((Request.Push) ExchangeCodec.decodeRequest(body)).batches().getFirst();
    }

    private static Fact.CheckRecorded check(SentFact sent) {
        return (Fact.CheckRecorded) ((Decoded.Known) FactCodec.decode(sent.fact())).fact();
    }
}
