package jp.kakunin.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import jp.kakunin.hub.disk.PrivateFile;
import jp.kakunin.hub.disk.Tree;
import jp.kakunin.hub.journal.RocksJournal;

/// Copies of the store of a running hub, for a command that reads them and then deletes them. As long as they are there
/// the disk keeps what the store itself has given up.
final class Snapshots {
    static final int SNAPSHOTS_MAX = 3;

    private final Path folder;
    private final RandomGenerator random;

    Snapshots(Path folder, RandomGenerator random) {
        this.folder = folder;
        this.random = random;
    }

    /// Those of commands that were killed, in an earlier life of the hub.
    void deleteLeftovers() throws IOException {
        Tree.delete(folder);
    }

    /// @throws IOException with the reason
    synchronized Path make(RocksJournal journal) throws IOException {
        PrivateFile.folder(folder);
        List<Path> there;
        try (Stream<Path> snapshots = Files.list(folder)) {
            there = snapshots.toList();
        }
        if (there.size() >= SNAPSHOTS_MAX) {
            throw new IOException("there are " + SNAPSHOTS_MAX + " snapshots in " + folder
                    + " already; wait for the commands that use them, or delete what killed ones left behind");
        }
        Path snapshot = folder.resolve(HexFormat.of().toHexDigits(random.nextLong()));
        journal.copyTo(snapshot);
        return snapshot;
    }
}
