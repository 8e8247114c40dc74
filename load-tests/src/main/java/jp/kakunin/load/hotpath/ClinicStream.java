package jp.kakunin.load.hotpath;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import jp.kakunin.codec.ExchangeCodec;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Instance;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.exchange.Backlog;
import jp.kakunin.exchange.Batch;
import jp.kakunin.exchange.DeviceReport;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Request;
import jp.kakunin.exchange.StreamPosition;
import jp.kakunin.exchange.StreamReply;

/// The stream of one clinic on one device, one push under way at a time. What stands around the facts of a push was
/// written by the product's codec once; the facts come out of moulds. For one thread, but for
/// [#patientsAcknowledged].
final class ClinicStream {
    private static final Digest HASH_MARK = new Digest(new byte[] {
        7, 91, 33, 5, 120, 66, 2, 19, 88, 101, 44, 71, 3, 99, 27, 58,
        13, 77, 121, 6, 90, 35, 64, 1, 82, 109, 48, 23, 95, 11, 70, 52
    });
    private static final int SEAL_OF_ITEM_BYTES_MAX = 3 * Bytes.NUMBER_BYTES_MAX;

    private final InstitutionCode clinic;
    private final byte[] digits;
    private final byte[] head;
    private final byte[] tail;
    private final long seed;
    private StreamPosition acknowledged = StreamPosition.START;
    private long seq;
    private byte[] hash = new byte[Digest.BYTES];
    private int patients;
    private volatile int patientsAcknowledged;
    private boolean underWay;

    /// One request body; the bytes after `length` mean nothing.
    record Push(byte[] body, int length, int facts) {}

    ClinicStream(InstitutionCode clinic, Epoch epoch, Instance instance, boolean live, Instant now) {
        this.clinic = clinic;
        this.digits = clinic.digits().getBytes(StandardCharsets.US_ASCII);
        DeviceReport report = new DeviceReport(now, Duration.ZERO, "0.1.0", DeviceReport.ReaderCondition.EMPTY, null);
        Batch empty = new Batch(clinic, epoch, new StreamPosition(0, HASH_MARK), List.of(), live, Backlog.NONE);
        byte[] frame = ExchangeCodec.encode(new Request.Push(instance, report, List.of(empty)));
        int mark = indexOf(frame, HASH_MARK.bytes());
        head = Arrays.copyOf(frame, mark - 1); // the number before the hash is 0: one byte
        tail = Arrays.copyOfRange(frame, mark + Digest.BYTES, frame.length);
        seed = epoch.value().getLeastSignificantBits();
    }

    InstitutionCode clinic() {
        return clinic;
    }

    boolean isUnderWay() {
        return underWay;
    }

    /// All of them have at least one visit at the hub.
    int patientsAcknowledged() {
        return patientsAcknowledged;
    }

    PatientId patient(int number) {
        return new PatientId(id(number));
    }

    /// The next facts of the stream; the one before must be acknowledged.
    Push next(Foundry foundry, int facts) {
        if (underWay) {
            throw new IllegalStateException("a push of clinic " + clinic + " is under way");
        }
        underWay = true;
        FactMould[] moulds = new FactMould[facts];
        int bytes = head.length + tail.length + Digest.BYTES + 2 * Bytes.NUMBER_BYTES_MAX;
        for (int i = 0; i < facts; i++) {
            moulds[i] = foundry.mould();
            bytes += moulds[i].bytes() + SEAL_OF_ITEM_BYTES_MAX + (moulds[i].hasAttachment() ? Papers.BYTES : 0);
        }
        byte[] body = new byte[bytes];
        int at = Bytes.bytes(head, body, 0);
        at = Bytes.number(seq, body, at);
        at = Bytes.bytes(hash, body, at);
        at = Bytes.number(facts, body, at);
        for (FactMould mould : moulds) {
            at = item(foundry, mould, body, at);
        }
        at = Bytes.bytes(tail, body, at);
        return new Push(body, at, facts);
    }

    private int item(Foundry foundry, FactMould mould, byte[] body, int from) {
        int patient = foundry.patient(patients);
        patients = Math.max(patients, patient + 1);
        FactMould.Filling filling = foundry.filling(mould, digits, id(patient));
        seq++;
        int at = Bytes.number(seq, body, from);
        at = Bytes.number(mould.bytes(), body, at);
        mould.cast(filling, body, at);
        hash = foundry.after(hash, seq, body, at, mould.bytes());
        at += mould.bytes();
        if (!mould.hasAttachment()) {
            return Bytes.number(0, body, at);
        }
        at = Bytes.number(1, body, at);
        at = Bytes.number(Papers.BYTES, body, at);
        return foundry.papers().write(filling.check(), body, at);
    }

    /// Takes the reply to the push under way.
    ///
    /// @throws IllegalStateException unless every fact so far was stored, and stored once
    void acknowledged(Reply reply) {
        if (reply.body() instanceof Reply.Pushed(List<StreamReply> streams)
                && streams.size() == 1
                && streams.getFirst() instanceof StreamReply.Acknowledged said
                && said.clinic().equals(clinic)
                && said.remarks().isEmpty()
                && said.tally().stored() == seq
                && said.tally().sum() == seq
                && said.position().equals(new StreamPosition(seq, new Digest(hash)))) {
            acknowledged = said.position();
            patientsAcknowledged = patients;
            underWay = false;
        } else {
            throw new IllegalStateException(
                    "the hub did not store " + seq + " facts of clinic " + clinic + " once each: " + reply.body());
        }
    }

    /// How many facts the hub said it stored.
    long stored() {
        return acknowledged.seq();
    }

    private UUID id(int patient) {
        return PatientIds.of(seed, patient);
    }

    private static int indexOf(byte[] in, byte[] part) {
        for (int at = 0; at + part.length <= in.length; at++) {
            if (Arrays.equals(in, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        throw new IllegalStateException("the frame does not hold the hash it was given");
    }
}
