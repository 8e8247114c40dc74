package jp.kakunin.hub.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jp.kakunin.hub.disk.FolderLock;
import jp.kakunin.hub.disk.HubFolder;
import jp.kakunin.hub.disk.PrivateFile;
import jp.kakunin.hub.disk.StillKeys;
import jp.kakunin.hub.disk.Tree;
import jp.kakunin.hub.journal.JournalImage;
import jp.kakunin.hub.journal.RocksJournal;
import org.jspecify.annotations.Nullable;

/// Puts a backup back for a hub that does not run. Nothing is overwritten: a store that is there is set aside, and
/// settings that are there stay, because they know devices that the backup does not.
public final class Restore {
    private static final String DRAFT = "restoring";

    private final HubFolder folder;
    private final Path backup;
    private final SecureRandom random;

    public Restore(HubFolder folder, Path backup, SecureRandom random) {
        this.folder = folder;
        this.backup = backup;
        this.random = random;
    }

    /// @param setAside where the store lies that was there
    /// @param kept settings that were there and stayed
    public record Result(int files, @Nullable Path setAside, List<String> kept) {
        public Result {
            kept = List.copyOf(kept);
        }
    }

    /// Everything is read and compared with the manifest before anything in the data directory changes.
    ///
    /// @param withStore whether the store is put back too, for which its months must have their keys here
    /// @throws IOException with the reason
    public Result run(boolean withStore) throws IOException {
        Manifest manifest = Manifest.read(backup);
        @Nullable FolderLock lock = FolderLock.tryTake(folder.runLock());
        if (lock == null) {
            throw new IOException("a hub runs on " + folder.data() + "; stop it first with `hub stop`");
        }
        try (lock) {
            List<String> kept = new ArrayList<>();
            Path draft = folder.store().resolve(DRAFT);
            Tree.delete(draft);
            try {
                compareSettings(manifest);
                int files = withStore ? copyStore(manifest, draft) : 0;
                files += copySettings(manifest, kept);
                Path setAside = withStore ? swap(draft.resolve(Backup.DATABASE)) : null;
                return new Result(files, setAside, kept);
            } finally {
                Tree.delete(draft);
            }
        }
    }

    private void compareSettings(Manifest manifest) throws IOException {
        for (Map.Entry<String, String> each : manifest.digests().entrySet()) {
            Path name = Path.of(each.getKey());
            if (!name.startsWith(Backup.STORE)
                    && !Copying.digest(backup.resolve(name)).equals(each.getValue())) {
                throw damaged(name);
            }
        }
    }

    private int copyStore(Manifest manifest, Path draft) throws IOException {
        int files = 0;
        for (Map.Entry<String, String> each : manifest.digests().entrySet()) {
            Path name = Path.of(each.getKey());
            if (name.startsWith(Backup.STORE)) {
                Path to = draft.resolve(Path.of(Backup.STORE).relativize(name).toString());
                copied(name, to, each.getValue());
                files++;
            }
        }
        try (JournalImage image = JournalImage.open(draft, StillKeys.read(folder.monthKeys(), random))) {
            image.clinics();
        } catch (IOException e) {
            throw new IOException(
                    e.getMessage()
                            + ". If the month keys are lost, restore with --settings-only: the hub then begins with an"
                            + " empty store, and the devices give back what they hold",
                    e);
        }
        return files;
    }

    private int copySettings(Manifest manifest, List<String> kept) throws IOException {
        int files = 0;
        for (Map.Entry<String, String> each : manifest.digests().entrySet()) {
            Path name = Path.of(each.getKey());
            Path there = folder.root().resolve(name);
            if (name.startsWith(Backup.STORE)) {
                continue;
            }
            if (Files.exists(there)) {
                kept.add(each.getKey());
            } else {
                copied(name, there, each.getValue());
                files++;
            }
        }
        return files;
    }

    private void copied(Path name, Path to, String digest) throws IOException {
        if (!Copying.copy(backup.resolve(name), to).equals(digest)) {
            Files.delete(to);
            throw damaged(name);
        }
    }

    private IOException damaged(Path name) {
        return new IOException("the backup is damaged: " + backup.resolve(name) + " is not what its manifest says");
    }

    /// First the store is known as one that was put back: taken in the life that the file names, it would
    /// otherwise be believed to have gone on.
    private @Nullable Path swap(Path restored) throws IOException {
        RocksJournal.markRestored(folder.store());
        Path database = folder.store().resolve(Backup.DATABASE);
        Path aside = null;
        if (Files.exists(database)) {
            aside = freeName(database);
            Files.move(database, aside, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.move(restored, database, StandardCopyOption.ATOMIC_MOVE);
        PrivateFile.sync(folder.store());
        return aside;
    }

    private static Path freeName(Path database) {
        int n = 1;
        while (Files.exists(aside(database, n))) {
            n++;
        }
        return aside(database, n);
    }

    private static Path aside(Path database, int n) {
        return database.resolveSibling(database.getFileName() + ".set-aside-" + n);
    }
}
