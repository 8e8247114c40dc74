package jp.kakunin.edge.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import jp.kakunin.edge.disk.PrivateFile;

/// A folder of somebody else's disk, which may be full, locked, pulled out or slow.
final class Stick {
    private final Path folder;
    private final TimeLimit limit;
    private final Writing writing;

    @FunctionalInterface
    interface Writing {
        void write(Path file, byte[] bytes) throws IOException;
    }

    private Stick(Path folder, TimeLimit limit, Writing writing) {
        this.folder = folder;
        this.limit = limit;
        this.writing = writing;
    }

    /// @param folder must be there: a stick that is not plugged in is not to be made up on the PC's own disk
    static Stick at(Path folder, TimeLimit limit) throws IOException {
        return at(folder, limit, PrivateFile::writeElsewhere);
    }

    static Stick at(Path folder, TimeLimit limit, Writing writing) throws IOException {
        boolean isThere = limit.call(folder + " could not be looked at", () -> Files.isDirectory(folder));
        if (!isThere) {
            throw new CommandException(
                    ExitCode.FAILED, folder + " is not a folder: is the stick plugged in, and the name right?");
        }
        return new Stick(folder, limit, writing);
    }

    Path write(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        try {
            return limit.call(folder + " did not take " + name, () -> {
                writing.write(file, bytes);
                return file;
            });
        } catch (IOException e) {
            throw new CommandException(ExitCode.FAILED, name + " was not written: " + why(e, bytes.length));
        }
    }

    private String why(IOException failure, int bytes) throws IOException {
        String said = String.valueOf(failure.getMessage());
        String small = said.toLowerCase(Locale.ROOT);
        boolean isLocked = small.contains("read-only")
                || limit.call(
                        folder + " could not be looked at",
                        () -> Files.getFileStore(folder).isReadOnly());
        if (isLocked) {
            return folder + " can only be read; look for a lock on the stick, or take another";
        }
        if (failure instanceof AccessDeniedException) {
            return "you may not write into " + folder + "; name a folder that is yours, or use sudo";
        }
        boolean isFull = small.contains("no space") || small.contains("not enough space") || small.contains("quota");
        return isFull
                ? folder + " is full; make room for " + bytes + " bytes, or take another stick"
                : folder + " does not work: " + said + "; plug the stick in again, or take another";
    }
}
