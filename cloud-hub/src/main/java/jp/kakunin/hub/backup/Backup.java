package jp.kakunin.hub.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import jp.kakunin.hub.disk.FolderLock;
import jp.kakunin.hub.disk.HubFolder;
import jp.kakunin.hub.disk.PrivateFile;
import jp.kakunin.hub.disk.Tree;

/// A backup of a hub in a folder of its own:
///
///     manifest        which files there are, with the digest of each; written last
///     store/db/…      the journal at one instant; its months are sealed
///     ca/… keys/…     without them no device is let in, no evidence opened, no answer known again: as secret as the
///                     hub's own disk
///     clinics.csv devices.csv accounts/… ports.properties erasures.jsonl
///
/// Not in it: the month keys, because a copy of them would outlive the month; `store/life`, by which a store that was
/// put back is told from one that went on; the registry, which is the authority's; the operator's password and logs,
/// which a hub makes anew.
public final class Backup {
    static final String STORE = "store";
    static final String DATABASE = "db";

    private Backup() {}

    /// What beside the store goes into a backup.
    static List<Path> settings(HubFolder folder) {
        return List.of(
                folder.ca(),
                folder.keys(),
                folder.clinics(),
                folder.devices(),
                folder.accounts(),
                folder.ports(),
                folder.receipts());
    }

    /// @param store a store that nobody changes
    /// @param to a folder that does not exist yet, or is empty
    /// @return how many files were copied
    /// @throws IOException with the reason; what was written then has no manifest and is no backup
    public static int take(HubFolder folder, Path store, Path to) throws IOException {
        refuseUsed(to);
        PrivateFile.folder(to);
        Manifest manifest = new Manifest();
        try (var _ = FolderLock.take(folder.setupLock())) {
            for (Path each : settings(folder)) {
                copy(each, folder.root(), to, to, manifest);
            }
        }
        copy(store.resolve(DATABASE), store, to.resolve(STORE), to, manifest);
        manifest.write(to);
        return manifest.digests().size();
    }

    private static void refuseUsed(Path to) throws IOException {
        if (Files.isDirectory(to)) {
            try (Stream<Path> inside = Files.list(to)) {
                if (inside.findAny().isPresent()) {
                    throw new IOException(to + " is not empty: name a new folder for each backup");
                }
            }
        }
    }

    /// @param below where in the backup that root is
    private static void copy(Path what, Path root, Path below, Path backup, Manifest manifest) throws IOException {
        List<Path> files = Files.isRegularFile(what) ? List.of(what) : Tree.files(what);
        for (Path file : files) {
            Path copy = below.resolve(root.relativize(file).toString());
            String digest = Copying.copy(file, copy);
            manifest.add(backup.relativize(copy).toString().replace('\\', '/'), digest);
        }
    }
}
