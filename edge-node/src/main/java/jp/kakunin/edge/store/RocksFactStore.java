package jp.kakunin.edge.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jp.kakunin.keys.ClinicKeys;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/// Opens the edge's store in a directory. A damaged one is set aside beside it and everything readable is brought over.
public final class RocksFactStore {
    private RocksFactStore() {}

    /// @param directory the store's own, e.g. `edge/store`; the reserve and stores set aside lie beside it
    /// @param keys of months and clinics; whatever has none is as good as damaged
    /// @throws StoreInUseException when another process has it open
    /// @throws StoreFullException when there is no space even to open it
    public static FactStore open(Path directory, ClinicKeys keys, Durability durability) {
        return open(directory, keys, durability, Disk.REAL);
    }

    static FactStore open(Path directory, ClinicKeys keys, Durability durability, Disk disk) {
        Path store = directory.toAbsolutePath();
        try {
            prepare(store);
            return openOrSalvage(store, keys, durability, disk);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the store in " + store + " cannot be opened: check the disk and the rights on the directory", e);
        }
    }

    private static void prepare(Path store) throws IOException {
        Path parent = store.resolveSibling("");
        if (!Files.isDirectory(parent)) {
            Files.createDirectories(parent);
            SetAside.sync(parent.resolveSibling(""));
        }
        if (Files.exists(store) && !Files.isWritable(store)) {
            throw new IOException("no right to write to " + store);
        }
    }

    private static FactStore openOrSalvage(Path store, ClinicKeys keys, Durability durability, Disk disk)
            throws IOException {
        List<Path> setAside = SetAside.of(store);
        if (!Files.exists(store) && !setAside.isEmpty()) {
            // The power failed during a salvage.
            return salvage(setAside.getLast(), store, keys, durability, disk);
        }
        if (isDamagedBeyondOpening(store)) {
            return salvage(SetAside.put(store), store, keys, durability, disk);
        }
        try {
            return keyed(store, keys, durability, disk);
        } catch (RocksDBException e) {
            if (RocksRows.isNoSpace(e)) {
                throw new StoreFullException("the disk is too full to open the store: make space on it");
            }
            if (isLocked(e)) {
                throw new StoreInUseException("the store in " + store + " is in use: is the edge running already?");
            }
            return salvage(SetAside.put(store), store, keys, durability, disk);
        } catch (StoreBrokenException _) {
            return salvage(SetAside.put(store), store, keys, durability, disk);
        }
    }

    /// Whether something lies there that only a database leaves behind.
    private static boolean isDamagedBeyondOpening(Path directory) throws IOException {
        if (!Files.isDirectory(directory) || Files.exists(directory.resolve("CURRENT"))) {
            return false;
        }
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .anyMatch(name -> name.endsWith(".sst") || name.endsWith(".log") || name.startsWith("MANIFEST"));
        }
    }

    private static FactStore salvage(Path damaged, Path store, ClinicKeys keys, Durability durability, Disk disk)
            throws IOException {
        Path fresh = store.resolveSibling(store.getFileName() + ".salvaging");
        deleteTree(fresh);
        try (RocksRows rows = rows(fresh, keys, durability, disk)) {
            new Salvage(damaged, keys).bringOver(rows);
        } catch (RocksDBException e) {
            throw new IOException("no new store can be made", e);
        }
        SetAside.move(fresh, store);
        try {
            return keyed(store, keys, durability, disk);
        } catch (RocksDBException e) {
            throw new IOException("the salvaged store cannot be opened", e);
        }
    }

    private static FactStore keyed(Path store, ClinicKeys keys, Durability durability, Disk disk)
            throws RocksDBException {
        RocksRows rows = rows(store, keys, durability, disk);
        try {
            SetAside.sync(store.resolveSibling(""));
            return new KeyedFactStore(rows);
        } catch (IOException e) {
            rows.close();
            throw new UncheckedIOException("the directory of the store cannot be written to disk", e);
        } catch (RuntimeException e) {
            rows.close();
            throw e instanceof StoreBrokenException
                    ? e
                    : new StoreBrokenException("the store holds unreadable rows", e);
        }
    }

    private static RocksRows rows(Path store, ClinicKeys keys, Durability durability, Disk disk)
            throws RocksDBException {
        Reserve reserve = new Reserve(store.resolveSibling("reserve"), disk);
        reserve.hold();
        return new RocksRows(store, keys, reserve, durability, disk);
    }

    private static boolean isLocked(RocksDBException e) {
        Status status = e.getStatus();
        return status != null
                && status.getCode() == Status.Code.IOError
                && status.getState() != null
                && status.getState().contains("lock");
    }

    /// Only ever the unfinished copy of a salvage.
    private static void deleteTree(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
