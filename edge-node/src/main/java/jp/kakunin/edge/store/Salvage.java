package jp.kakunin.edge.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import jp.kakunin.codec.Decoded;
import jp.kakunin.codec.EdgeStoreCodec;
import jp.kakunin.codec.FactCodec;
import jp.kakunin.codec.MalformedFrameException;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.keys.ClinicKeys;
import jp.kakunin.keys.SealingKey;
import jp.kakunin.keys.UnsealableException;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.rocksdb.SstFileReaderIterator;

/// Reads a damaged store file by file, without its catalogue, and brings every row over that proves to be whole. Facts
/// never change and are never taken back, so it does not matter which of two copies of a row is the newer. Streams,
/// cursors and marks are left behind on purpose: the new store begins a new epoch and offers and reads everything
/// again.
final class Salvage {
    private static final int ROWS_PER_WRITE_MAX = 500;

    private final Path damaged;
    private final ClinicKeys keys;

    Salvage(Path damaged, ClinicKeys keys) {
        this.damaged = damaged;
        this.keys = keys;
    }

    /// Changes nothing in the damaged store.
    void bringOver(Rows target) throws IOException {
        List<Row> pending = new ArrayList<>();
        BiConsumer<byte[], byte[]> keep = (key, value) -> {
            Row row = opened(new Key(key), value);
            if (row != null) {
                pending.add(row);
            }
            if (pending.size() >= ROWS_PER_WRITE_MAX) {
                target.write(pending);
                pending.clear();
            }
        };
        for (Path table : filesEndingWith(".sst")) {
            readTable(table, keep);
        }
        for (Path log : filesEndingWith(".log")) {
            new LogFile(log).forEachPut(keep);
        }
        if (!pending.isEmpty()) {
            target.write(pending);
        }
    }

    private List<Path> filesEndingWith(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(damaged)) {
            return files.filter(file -> file.getFileName().toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }

    /// Forward to the first bad block, then backward to the last one.
    private static void readTable(Path table, BiConsumer<byte[], byte[]> keep) {
        RocksDB.loadLibrary();
        try (Options options = new Options();
                ReadOptions reading = new ReadOptions();
                SstFileReader reader = new SstFileReader(options)) {
            reader.open(table.toString());
            if (!isReadThrough(reader, reading, true, keep)) {
                isReadThrough(reader, reading, false, keep);
            }
        } catch (RocksDBException _) {
            // Not even its index can be read: none of its rows can be found.
        }
    }

    private static boolean isReadThrough(
            SstFileReader reader, ReadOptions reading, boolean forward, BiConsumer<byte[], byte[]> keep)
            throws RocksDBException {
        try (SstFileReaderIterator rows = reader.newIterator(reading)) {
            if (forward) {
                for (rows.seekToFirst(); rows.isValid(); rows.next()) {
                    keep.accept(rows.key(), rows.value());
                }
            } else {
                for (rows.seekToLast(); rows.isValid(); rows.prev()) {
                    keep.accept(rows.key(), rows.value());
                }
            }
            try {
                rows.status();
                return true;
            } catch (RocksDBException _) {
                return false;
            }
        }
    }

    /// What no key opens is damaged, of a month that is forgotten, or of a clinic that is gone.
    private @Nullable Row opened(Key key, byte[] value) {
        if (!key.isWellFormed()) {
            return null;
        }
        TreatmentMonth month = key.month();
        SealingKey sealing = month == null ? null : keys.find(month, key.clinic());
        if (month != null && sealing == null) {
            return null;
        }
        try {
            byte[] plain = sealing == null ? value : sealing.open(key.bytes(), value);
            return isWhole(key, plain) ? new Row(key, plain) : null;
        } catch (UnsealableException _) {
            return null;
        }
    }

    private static boolean isWhole(Key key, byte[] value) {
        try {
            return switch (key.kind()) {
                case Key.FACT -> isWholeFact(key, value);
                case Key.ATTACHMENT, Key.GOING -> true;
                case Key.REMARK -> {
                    EdgeStoreCodec.decodeRemarked(value);
                    yield true;
                }
                case Key.HEARD -> {
                    EdgeStoreCodec.decodeLastHeard(value);
                    yield true;
                }
                case Key.ADMISSION -> {
                    EdgeStoreCodec.decodeAdmission(value);
                    yield true;
                }
                case Key.TOO_LATE -> {
                    EdgeStoreCodec.decodeTooLate(value);
                    yield true;
                }
                default -> false;
            };
        } catch (MalformedFrameException | IllegalArgumentException _) {
            return false;
        }
    }

    private static boolean isWholeFact(Key key, byte[] value) {
        return switch (FactCodec.decode(EdgeStoreCodec.decodeKeptFact(value).fact())) {
            case Decoded.Known(Fact fact) -> fact.id().equals(key.factId());
            case Decoded.Unreadable(QuarantineReason reason) -> reason == QuarantineReason.UNKNOWN_SCHEMA;
        };
    }
}
