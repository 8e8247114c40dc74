package jp.kakunin.codec;

import java.time.Instant;
import jp.kakunin.avro.ExportRecord;
import jp.kakunin.avro.ExportStreamRecord;
import jp.kakunin.domain.Epoch;
import jp.kakunin.domain.Instance;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.exchange.Export;

/// Exports to generated records and back.
final class ExportRecords {
    private ExportRecords() {}

    static ExportRecord record(Export export) {
        return new ExportRecord(
                Atoms.id(export.epoch().value()),
                Atoms.id(export.instance().value()),
                export.writtenAt().toEpochMilli(),
                export.streams().stream()
                        .map(stream -> new ExportStreamRecord(
                                stream.clinic().digits(),
                                stream.facts().stream()
                                        .map(RequestRecords::sent)
                                        .toList()))
                        .toList());
    }

    static Export export(ExportRecord record) {
        return new Export(
                new Epoch(Atoms.uuid(record.getEpoch())),
                new Instance(Atoms.uuid(record.getInstance())),
                Instant.ofEpochMilli(record.getWrittenAt()),
                record.getStreams().stream()
                        .map(stream -> new Export.Stream(
                                new InstitutionCode(stream.getClinic()),
                                stream.getFacts().stream()
                                        .map(RequestRecords::sent)
                                        .toList()))
                        .toList());
    }
}
