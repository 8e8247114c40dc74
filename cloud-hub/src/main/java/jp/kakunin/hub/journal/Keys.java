package jp.kakunin.hub.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.UUID;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.PatientId;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitId;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.journal.StreamId;

/// The keys of the store. Numbers are big-endian, so that byte order is order; a clinic is its code as a number. Keys
/// are not sealed: what could tell a person stands in the values, or is hidden by the month's key.
///
///     column family of a treatment month, e.g. "2026-11": dropped as a whole when the month closes; all values sealed
///       block       | 'f' | clinic: 8 | position of its last fact: 8        |  JournalBlock
///       summary     | 's' | clinic: 8 | patient, hidden: 16                 |  Summary
///       attachment  | 'a' | clinic: 8 | check: 16                           |  sealed bytes
///       quarantine  | 'x' | clinic: 8 | digest of the content: 32           |  position: 8 | size: 4 | fact |
/// evidence;
///                                                                              position 0 and no more: taken from here
///       work item   | 'w' | clinic: 8 | treatment date: 4 | visit: 16       |  patient: 16 | kind: 1 | standing: text
///       question    | 'q' | kind: 1   | check: 16 | clinic: 8               |  patient: 16 | treatment date: 4
///
///     column family "default": outlives months, holds nothing about a patient
///       head        | 'h' | clinic: 8                                       |  Head
///       stream      | 't' | clinic: 8 | device: 16 | epoch: 16              |  StreamState
///       closed      | 'c'                                                   |  month index: 4
///       remains     | 'e' | month index: 4                                  |  ClosedMonth
///       incarnation | 'i'                                                   |  id: 16
///       life        | 'l'                                                   |  id: 16
final class Keys {
    static final byte BLOCK = 'f';
    static final byte SUMMARY = 's';
    static final byte ATTACHMENT = 'a';
    static final byte QUARANTINE = 'x';
    static final byte WORK_ITEM = 'w';
    static final byte QUESTION = 'q';
    static final byte HEAD = 'h';
    static final byte STREAM = 't';
    static final byte REMAINS = 'e';
    static final byte[] CLOSED = {'c'};
    static final byte[] INCARNATION = {'i'};
    static final byte[] LIFE = {'l'};

    private static final int CLINIC_BYTES = Long.BYTES;
    private static final int ID_BYTES = 16;

    private Keys() {}

    /// Named by the last position, so that the first key from a position on is that of the block it lies in.
    static byte[] block(InstitutionCode clinic, long lastPosition) {
        return start(BLOCK, clinic, Long.BYTES).putLong(lastPosition).array();
    }

    static byte[] summary(InstitutionCode clinic, UUID hiddenPatient) {
        return put(start(SUMMARY, clinic, ID_BYTES), hiddenPatient).array();
    }

    static byte[] attachment(InstitutionCode clinic, CheckId check) {
        return put(start(ATTACHMENT, clinic, ID_BYTES), check.value()).array();
    }

    static byte[] quarantine(InstitutionCode clinic, Digest content) {
        return start(QUARANTINE, clinic, Digest.BYTES).put(content.bytes()).array();
    }

    static byte[] workItem(WorkItem item) {
        ByteBuffer key = start(WORK_ITEM, item.clinic(), Integer.BYTES + ID_BYTES);
        return put(key.putInt(day(item.treatmentDate())), item.visit().value()).array();
    }

    static byte[] question(Question question) {
        ByteBuffer key = ByteBuffer.allocate(1 + 1 + ID_BYTES + CLINIC_BYTES)
                .put(QUESTION)
                .put(rank(question.kind()));
        return put(key, question.check().value())
                .putLong(number(question.clinic()))
                .array();
    }

    static byte[] head(InstitutionCode clinic) {
        return start(HEAD, clinic, 0).array();
    }

    static byte[] stream(StreamId stream) {
        ByteBuffer key = start(STREAM, stream.clinic(), ID_BYTES + ID_BYTES);
        return put(put(key, stream.device().value()), stream.epoch().value()).array();
    }

    /// What all keys of one kind and clinic begin with.
    static byte[] prefix(byte kind, InstitutionCode clinic) {
        return start(kind, clinic, 0).array();
    }

    static UUID hiddenPatientOfSummary(byte[] key) {
        return id(ByteBuffer.wrap(key, 1 + CLINIC_BYTES, ID_BYTES));
    }

    static byte[] remains(TreatmentMonth month) {
        return ByteBuffer.allocate(1 + Integer.BYTES)
                .put(REMAINS)
                .putInt(month.index())
                .array();
    }

    static long lastOfBlock(byte[] key) {
        return ByteBuffer.wrap(key).getLong(1 + CLINIC_BYTES);
    }

    /// The clinic of a key that begins with its kind and then the clinic.
    static InstitutionCode clinicOf(byte[] key) {
        return clinic(ByteBuffer.wrap(key).getLong(1));
    }

    static InstitutionCode clinicOfQuestion(byte[] key) {
        return clinic(ByteBuffer.wrap(key).getLong(key.length - CLINIC_BYTES));
    }

    /// Where the keys of the next clinic may begin.
    static byte[] behindAll(byte kind, InstitutionCode clinic) {
        return ByteBuffer.allocate(1 + CLINIC_BYTES)
                .put(kind)
                .putLong(number(clinic) + 1)
                .array();
    }

    static CheckId checkOfAttachment(byte[] key) {
        return new CheckId(id(ByteBuffer.wrap(key, 1 + CLINIC_BYTES, ID_BYTES)));
    }

    static Digest contentOfQuarantine(byte[] key) {
        return new Digest(Arrays.copyOfRange(key, 1 + CLINIC_BYTES, key.length));
    }

    static StreamId streamOf(byte[] key) {
        ByteBuffer rest = ByteBuffer.wrap(key, 1, key.length - 1);
        InstitutionCode clinic = clinic(rest.getLong());
        return new StreamId(new DeviceId(id(rest)), new Epoch(id(rest)), clinic);
    }

    static byte[] value(WorkItem item) {
        byte[] standing = item.standing().getBytes(StandardCharsets.US_ASCII);
        return put(
                        ByteBuffer.allocate(ID_BYTES + 1 + standing.length),
                        item.patient().value())
                .put(rank(item.kind()))
                .put(standing)
                .array();
    }

    static WorkItem workItem(byte[] key, byte[] value) {
        ByteBuffer rest = ByteBuffer.wrap(key, 1, key.length - 1);
        InstitutionCode clinic = clinic(rest.getLong());
        LocalDate treatmentDate = LocalDate.ofEpochDay(rest.getInt());
        VisitId visit = new VisitId(id(rest));
        ByteBuffer more = ByteBuffer.wrap(value);
        PatientId patient = new PatientId(id(more));
        VisitKind kind = kind(more.get());
        String standing = StandardCharsets.US_ASCII.decode(more).toString();
        return new WorkItem(clinic, treatmentDate, visit, patient, kind, standing);
    }

    static byte[] value(SetAside setAside) {
        byte[] fact = setAside.fact();
        byte[] attachment = setAside.attachment() == null ? new byte[0] : setAside.attachment();
        return ByteBuffer.allocate(Long.BYTES + Integer.BYTES + fact.length + attachment.length)
                .putLong(setAside.position())
                .putInt(fact.length)
                .put(fact)
                .put(attachment)
                .array();
    }

    static SetAside setAside(TreatmentMonth month, byte[] key, byte[] value) {
        ByteBuffer rest = ByteBuffer.wrap(value);
        long position = rest.getLong();
        byte[] fact = new byte[Math.min(rest.getInt(), rest.remaining())];
        rest.get(fact);
        byte[] attachment = new byte[rest.remaining()];
        rest.get(attachment);
        return new SetAside(
                clinicOf(key),
                month,
                contentOfQuarantine(key),
                position,
                fact,
                attachment.length == 0 ? null : attachment);
    }

    static byte[] value(Question question) {
        return put(
                        ByteBuffer.allocate(ID_BYTES + Integer.BYTES),
                        question.patient().value())
                .putInt(day(question.treatmentDate()))
                .array();
    }

    static Question question(TreatmentMonth month, byte[] key, byte[] value) {
        ByteBuffer rest = ByteBuffer.wrap(key, 1, key.length - 1);
        VisitKind kind = kind(rest.get());
        CheckId check = new CheckId(id(rest));
        InstitutionCode clinic = clinic(rest.getLong());
        ByteBuffer more = ByteBuffer.wrap(value);
        PatientId patient = new PatientId(id(more));
        return new Question(month, kind, check, clinic, patient, LocalDate.ofEpochDay(more.getInt()));
    }

    private static ByteBuffer start(byte kind, InstitutionCode clinic, int more) {
        return ByteBuffer.allocate(1 + CLINIC_BYTES + more).put(kind).putLong(number(clinic));
    }

    private static ByteBuffer put(ByteBuffer buffer, UUID id) {
        return buffer.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    private static UUID id(ByteBuffer buffer) {
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    private static long number(InstitutionCode clinic) {
        return Long.parseLong(clinic.digits());
    }

    private static InstitutionCode clinic(long number) {
        return new InstitutionCode(String.format("%010d", number));
    }

    /// First visits are asked first.
    private static byte rank(VisitKind kind) {
        return switch (kind) {
            case INITIAL -> 0;
            case REPEAT -> 1;
        };
    }

    private static VisitKind kind(byte rank) {
        return rank == rank(VisitKind.INITIAL) ? VisitKind.INITIAL : VisitKind.REPEAT;
    }

    private static int day(LocalDate date) {
        return Math.toIntExact(date.toEpochDay());
    }
}
