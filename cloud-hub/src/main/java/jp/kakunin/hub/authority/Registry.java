package jp.kakunin.hub.authority;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.Digest;
import jp.kakunin.hub.disk.PrivateFile;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/// Who is insured, as of a day and as known on a day; the demonstration file beside this class documents the format.
/// The file is read once into a store beside it, whose folder is named after it; it is read again when it has changed.
public final class Registry implements AutoCloseable {
    /// Smaller files are known by what stands in them, larger ones by their size and time.
    private static final long DIGESTED_BYTES_MAX = 16L << 20;

    private static final String PREFIX = "format-";
    private static final String DRAFT = "draft";
    private static final int NAME_BYTES = 16;

    private final RegistryOptions settings;
    private final ReadOptions reading;
    private final RocksDB db;

    private Registry(RegistryOptions settings, RocksDB db) {
        this.settings = settings;
        this.db = db;
        this.reading = new ReadOptions().setPrefixSameAsStart(true);
    }

    /// @param folder where stores are kept; all but the one of this file are deleted
    /// @throws IOException naming file, line, column and remedy
    public static Registry open(Path csv, Path folder) throws IOException {
        PrivateFile.folder(folder);
        Path store = folder.resolve(name(csv));
        if (!Files.exists(store)) {
            Path draft = folder.resolve(DRAFT);
            Folders.delete(draft);
            RegistryLoader.load(csv, draft);
            Files.move(draft, store, StandardCopyOption.ATOMIC_MOVE);
        }
        deleteOthers(folder, store);
        var settings = new RegistryOptions();
        try {
            return new Registry(settings, RocksDB.openReadOnly(settings.options(), store.toString()));
        } catch (RocksDBException e) {
            settings.close();
            throw new IOException(
                    "the registry's store " + store + " cannot be opened; delete it, and it is made again from " + csv
                            + ": " + e.getMessage(),
                    e);
        }
    }

    /// What the registry said on `knownOn` about the holder of that certificate for `asOf`.
    public Answer byCard(BigInteger certificateSerial, LocalDate asOf, LocalDate knownOn) {
        return RegistryAnswers.answer(entries(certificateSerial, knownOn), _ -> true, asOf);
    }

    /// The same by number; an unknown branch fits every one.
    public Answer byNumber(Inquiry.ByNumber asked, LocalDate knownOn) {
        byte[] prefix = RegistryRow.numberPrefix(asked.insurer(), asked.symbol(), asked.number(), asked.birthDate());
        List<BigInteger> serials = new ArrayList<>();
        scan(prefix, (_, serial) -> serials.add(new BigInteger(1, serial)));
        List<List<RegistryEntry>> persons = serials.stream()
                .distinct()
                .map(serial -> entries(serial, knownOn))
                .filter(entries -> entries.stream().anyMatch(entry -> isMeant(asked, entry.coverage())))
                .toList();
        return switch (persons.size()) {
            case 0 -> new Answer.NotFound();
            case 1 -> RegistryAnswers.answer(persons.getFirst(), coverage -> isMeant(asked, coverage), asked.asOf());
            default -> new Answer.Several();
        };
    }

    private static boolean isMeant(Inquiry.ByNumber asked, Coverage coverage) {
        return coverage.insurer().equals(asked.insurer())
                && coverage.symbol().equals(asked.symbol())
                && coverage.number().equals(asked.number())
                && (asked.branch().isEmpty() || coverage.branch().equals(asked.branch()));
    }

    private List<RegistryEntry> entries(BigInteger serial, LocalDate knownOn) {
        List<RegistryEntry> entries = new ArrayList<>();
        scan(RegistryRow.cardPrefix(serial), (key, value) -> {
            RegistryEntry entry = RegistryRow.read(key, value);
            if (entry.isKnownOn(knownOn)) {
                entries.add(entry);
            }
        });
        return entries;
    }

    private void scan(byte[] prefix, BiConsumer<byte[], byte[]> visitor) {
        try (RocksIterator rows = db.newIterator(reading)) {
            for (rows.seek(prefix); rows.isValid() && startsWith(rows.key(), prefix); rows.next()) {
                visitor.accept(rows.key(), rows.value());
            }
            rows.status();
        } catch (RocksDBException e) {
            throw new IllegalStateException("the registry's store cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static String name(Path csv) throws IOException {
        long bytes = Files.size(csv);
        Digest content = bytes <= DIGESTED_BYTES_MAX
                ? Digest.of(Files.readAllBytes(csv))
                : Digest.of(ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(bytes)
                        .putLong(Files.getLastModifiedTime(csv).toMillis())
                        .array());
        return PREFIX + RegistryRow.FORMAT + "-" + HexFormat.of().formatHex(content.bytes(), 0, NAME_BYTES);
    }

    private static void deleteOthers(Path folder, Path store) throws IOException {
        List<Path> others;
        try (Stream<Path> inside = Files.list(folder)) {
            others = inside.filter(path -> !path.equals(store) && isOurs(path)).toList();
        }
        for (Path other : others) {
            Folders.delete(other);
        }
    }

    /// The folder is named by people: what was not put there by this class stays.
    private static boolean isOurs(Path path) {
        String name = String.valueOf(path.getFileName());
        return name.startsWith(PREFIX) || name.startsWith(DRAFT);
    }

    @Override
    public void close() {
        reading.close();
        db.close();
        settings.close();
    }
}
