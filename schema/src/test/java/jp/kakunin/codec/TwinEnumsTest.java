package jp.kakunin.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import jp.kakunin.avro.DocumentRecord;
import jp.kakunin.avro.EvidenceFlawRecord;
import jp.kakunin.avro.KindRecord;
import jp.kakunin.avro.NoticeRecord;
import jp.kakunin.avro.OutcomeRecord;
import jp.kakunin.avro.QuarantineRecord;
import jp.kakunin.avro.ReaderStateRecord;
import jp.kakunin.avro.ReasonRecord;
import jp.kakunin.avro.RefusalRecord;
import jp.kakunin.avro.RelationRecord;
import jp.kakunin.avro.SexRecord;
import jp.kakunin.avro.VerificationRecord;
import jp.kakunin.avro.WithdrawalRecord;
import jp.kakunin.domain.Evidence;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Particulars;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.domain.VisitStanding;
import jp.kakunin.exchange.DeviceReport;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.exchange.StreamReply;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Domain and schema name the same constants; the codec goes by name.
final class TwinEnumsTest {
    record Twins(Class<? extends Enum<?>> domain, Class<? extends Enum<?>> schema) {}

    static Stream<Twins> twins() {
        return Stream.of(
                new Twins(VisitKind.class, KindRecord.class),
                new Twins(Evidence.Verification.class, VerificationRecord.class),
                new Twins(Evidence.DocumentKind.class, DocumentRecord.class),
                new Twins(Evidence.Reason.class, ReasonRecord.class),
                new Twins(Particulars.Relation.class, RelationRecord.class),
                new Twins(Particulars.Sex.class, SexRecord.class),
                new Twins(Fact.WithdrawalReason.class, WithdrawalRecord.class),
                new Twins(Fact.EvidenceFlaw.class, EvidenceFlawRecord.class),
                new Twins(Fact.QuarantineReason.class, QuarantineRecord.class),
                new Twins(DeviceReport.ReaderCondition.class, ReaderStateRecord.class),
                new Twins(Refusal.class, RefusalRecord.class),
                new Twins(StreamReply.Outcome.class, OutcomeRecord.class),
                new Twins(VisitStanding.Notice.class, NoticeRecord.class));
    }

    @ParameterizedTest
    @MethodSource("twins")
    void both_have_the_same_constants(Twins twins) {
        assertThat(names(twins.schema())).containsExactlyInAnyOrderElementsOf(names(twins.domain()));
    }

    private static List<String> names(Class<? extends Enum<?>> type) {
        return Stream.of(type.getEnumConstants()).map(Enum::name).toList();
    }
}
