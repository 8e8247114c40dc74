package jp.kakunin.codec;

import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.UUID;
import jp.kakunin.avro.CoverageRecord;
import jp.kakunin.avro.Hash;
import jp.kakunin.avro.Id;
import jp.kakunin.avro.InsuredRecord;
import jp.kakunin.avro.ParticularsRecord;
import jp.kakunin.avro.RelationRecord;
import jp.kakunin.avro.SexRecord;
import jp.kakunin.avro.ShownBasisRecord;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.Evidence.Basis;
import jp.kakunin.domain.Ids;
import jp.kakunin.domain.Insured;
import jp.kakunin.domain.InsurerNumber;
import jp.kakunin.domain.Particulars;
import jp.kakunin.domain.Particulars.Relation;
import jp.kakunin.domain.Particulars.Sex;
import org.jspecify.annotations.Nullable;

/// The small values that several records share.
final class Atoms {
    private Atoms() {}

    static Id id(UUID id) {
        return new Id(Ids.bytes(id));
    }

    static UUID uuid(Id id) {
        return Ids.fromBytes(id.bytes());
    }

    static Hash hash(Digest digest) {
        return new Hash(digest.bytes());
    }

    static Digest digest(Hash hash) {
        return new Digest(hash.bytes());
    }

    static int day(LocalDate date) {
        return Math.toIntExact(date.toEpochDay());
    }

    static LocalDate date(int day) {
        return LocalDate.ofEpochDay(day);
    }

    /// The constant of the same name: the enums of domain and schema are twins.
    static <E extends Enum<E>> E twin(Class<E> type, Enum<?> value) {
        return Enum.valueOf(type, value.name());
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return bytes;
    }

    static @Nullable CoverageRecord coverageRecord(@Nullable Coverage coverage) {
        if (coverage == null) {
            return null;
        }
        LocalDate until = coverage.until();
        return new CoverageRecord(
                coverage.insurer().digits(),
                coverage.symbol(),
                coverage.number(),
                coverage.branch(),
                coverage.copayPercent(),
                day(coverage.from()),
                until == null ? null : day(until));
    }

    static @Nullable Coverage coverage(@Nullable CoverageRecord record) {
        if (record == null) {
            return null;
        }
        Integer until = record.getUntil();
        return new Coverage(
                new InsurerNumber(record.getInsurer()),
                record.getSymbol(),
                record.getNumber(),
                record.getBranch(),
                record.getCopay(),
                date(record.getFrom()),
                until == null ? null : date(until));
    }

    static @Nullable InsuredRecord insuredRecord(@Nullable Insured insured) {
        return insured == null ? null : new InsuredRecord(insured.name(), insured.kana(), day(insured.birthDate()));
    }

    static @Nullable Insured insured(@Nullable InsuredRecord record) {
        return record == null ? null : new Insured(record.getName(), record.getKana(), date(record.getBirthDate()));
    }

    /// Nothing told is nothing written.
    static @Nullable ParticularsRecord particularsRecord(Particulars particulars) {
        Relation relation = particulars.relation();
        Sex sex = particulars.sex();
        return particulars.equals(Particulars.NONE)
                ? null
                : new ParticularsRecord(
                        particulars.postNumber(),
                        particulars.address(),
                        particulars.insurerName(),
                        particulars.insuredName(),
                        relation == null ? null : twin(RelationRecord.class, relation),
                        sex == null ? null : twin(SexRecord.class, sex),
                        particulars.preschool(),
                        particulars.elderlyPercent());
    }

    static Particulars particulars(@Nullable ParticularsRecord record) {
        if (record == null) {
            return Particulars.NONE;
        }
        RelationRecord relation = record.getRelation();
        SexRecord sex = record.getSex();
        return new Particulars(
                record.getPostNumber(),
                record.getAddress(),
                record.getInsurerName(),
                record.getInsuredName(),
                relation == null ? null : twin(Relation.class, relation),
                sex == null ? null : twin(Sex.class, sex),
                record.getPreschool(),
                record.getElderlyPercent());
    }

    static @Nullable ShownBasisRecord basisRecord(Basis basis) {
        return switch (basis) {
            case Basis.Shown(CheckId check, LocalDate asOf, Digest coverage) ->
                new ShownBasisRecord(id(check.value()), day(asOf), hash(coverage));
            case Basis.OwnRecord() -> null;
        };
    }

    static Basis basis(@Nullable ShownBasisRecord record) {
        return record == null
                ? new Basis.OwnRecord()
                : new Basis.Shown(
                        new CheckId(uuid(record.getCheck())), date(record.getAsOf()), digest(record.getCoverage()));
    }
}
