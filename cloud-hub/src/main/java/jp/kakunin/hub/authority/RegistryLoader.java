package jp.kakunin.hub.authority;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rocksdb.EnvOptions;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;

/// Reads a registry file into a new store: sorted pieces are written as RocksDB's own files and taken in whole, past
/// memtable and write-ahead log.
final class RegistryLoader {
    static final long LINES_MAX = 100_000_000;
    static final int PIECE_LINES_MAX = 100_000;

    private final Path csv;
    private final Path pieces;
    private final RocksDB db;
    private final Options options;
    private final List<Row> rows = new ArrayList<>();
    private final List<String> written = new ArrayList<>();
    private long lines;
    private List<String> columns = List.of();

    private record Row(byte[] key, byte[] value) {}

    private RegistryLoader(Path csv, Path pieces, RocksDB db, Options options) {
        this.csv = csv;
        this.pieces = pieces;
        this.db = db;
        this.options = options;
    }

    /// @param store an empty folder
    /// @throws IOException naming file, line, column and remedy
    static void load(Path csv, Path store) throws IOException {
        Path pieces = store.resolveSibling(store.getFileName() + ".pieces");
        Folders.delete(pieces);
        Files.createDirectories(pieces);
        try (RegistryOptions settings = new RegistryOptions();
                RocksDB db = RocksDB.open(settings.options(), store.toString())) {
            var loader = new RegistryLoader(csv, pieces, db, settings.options());
            loader.read();
            loader.ingest();
        } catch (RocksDBException e) {
            throw new IOException("registry " + csv + ": cannot be stored in " + store + ": " + e.getMessage(), e);
        } finally {
            Folders.delete(pieces);
        }
    }

    private void read() throws IOException, RocksDBException {
        long number = 0;
        try (BufferedReader reader = Files.newBufferedReader(csv, StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank() && !line.startsWith("#")) {
                    take(number, line);
                }
            }
        } catch (RegistryFileException e) {
            throw new IOException("registry " + csv + ": " + e.getMessage(), e);
        } catch (CharacterCodingException e) {
            throw new IOException("registry " + csv + ": is not UTF-8 behind line " + number + "; save it as UTF-8", e);
        }
        writePiece();
    }

    private void take(long number, String line) throws IOException, RocksDBException {
        if (columns.isEmpty()) {
            columns = columns(number, line);
            return;
        }
        if (++lines > LINES_MAX) {
            throw new RegistryFileException(number, "more than " + LINES_MAX + " lines; split the registry");
        }
        RegistryEntry entry = RegistryLine.parse(number, line, columns);
        var coverage = entry.coverage();
        rows.add(new Row(
                RegistryRow.key(RegistryRow.cardPrefix(entry.certificateSerial()), (int) lines),
                RegistryRow.value(entry)));
        byte[] byNumber = RegistryRow.numberPrefix(
                coverage.insurer(),
                coverage.symbol(),
                coverage.number(),
                entry.insured().birthDate());
        rows.add(new Row(RegistryRow.key(byNumber, (int) lines), RegistryRow.serial(entry.certificateSerial())));
        if (rows.size() >= 2 * PIECE_LINES_MAX) {
            writePiece();
        }
    }

    private static List<String> columns(long number, String line) throws RegistryFileException {
        // Spreadsheets put a mark before the first letter.
        List<String> header = List.of(
                (line.startsWith("\uFEFF") ? line.substring(1) : line).strip().split(",", -1));
        List<String> known = new ArrayList<>(RegistryLine.COLUMNS);
        known.addAll(RegistryLine.KNOWN_COLUMNS);
        for (List<String> first : List.of(RegistryLine.COLUMNS, known)) {
            List<String> all = new ArrayList<>(first);
            all.addAll(RegistryLine.CLAIM_COLUMNS);
            if (header.equals(first) || header.equals(all)) {
                return header;
            }
        }
        throw new RegistryFileException(
                number,
                "the first line must name the columns: " + String.join(",", RegistryLine.COLUMNS) + " and, if wanted, "
                        + String.join(",", RegistryLine.KNOWN_COLUMNS) + " and "
                        + String.join(",", RegistryLine.CLAIM_COLUMNS));
    }

    private void writePiece() throws RocksDBException {
        if (rows.isEmpty()) {
            return;
        }
        rows.sort((a, b) -> Arrays.compareUnsigned(a.key(), b.key()));
        String file = pieces.resolve("piece-" + written.size() + ".sst").toString();
        try (var environment = new EnvOptions();
                var writer = new SstFileWriter(environment, options)) {
            writer.open(file);
            for (Row row : rows) {
                writer.put(row.key(), row.value());
            }
            writer.finish();
        }
        written.add(file);
        rows.clear();
    }

    private void ingest() throws RocksDBException {
        try (var ingest = new IngestExternalFileOptions()) {
            ingest.setMoveFiles(true);
            // One at a time, because pieces of an unsorted file overlap.
            for (String file : written) {
                db.ingestExternalFile(List.of(file), ingest);
            }
        }
        db.compactRange();
    }
}
