package jp.kakunin.edge.door;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import jp.kakunin.edge.disk.PrivateFile;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `passcode`: its hash; no file, no passcode. `passcode-tries`, beside it: wrong codes typed since the last right one.
/// The command line writes them too, so an edge that runs reads the hash again each time.
public final class PasscodeFile {
    private static final Logger LOG = LoggerFactory.getLogger(PasscodeFile.class);
    private static final PasscodeHash UNREADABLE = new PasscodeHash("");

    private final Path folder;
    private final Path file;
    private final Path tries;

    /// @param folder of the edge
    public PasscodeFile(Path folder) {
        this.folder = folder;
        file = folder.resolve("passcode");
        tries = folder.resolve("passcode-tries");
    }

    public boolean isSet() {
        return current() != null;
    }

    public void set(Passcode passcode, RandomGenerator random) throws IOException {
        PrivateFile.write(file, PasscodeHash.of(passcode, random).text() + "\n");
        Files.deleteIfExists(tries);
    }

    /// @return whether there was one
    public boolean clear() throws IOException {
        boolean was = Files.deleteIfExists(file);
        Files.deleteIfExists(tries);
        if (was) {
            PrivateFile.sync(folder);
        }
        return was;
    }

    /// Null when there is none. One that cannot be read keeps the desk locked.
    @Nullable
    PasscodeHash current() {
        try {
            return new PasscodeHash(Files.readString(file).strip());
        } catch (NoSuchFileException _) {
            return null;
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("failure", e.toString()).log("the passcode cannot be read; the desk stays locked");
            return UNREADABLE;
        }
    }

    Path tries() {
        return tries;
    }
}
