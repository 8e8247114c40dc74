package jp.kakunin.edge.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryFlag;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.AclFileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Files and folders that only their owner may read. A file is written beside its place, synced and moved there, so
/// that a reader sees the old text or the new one, never a half, and nothing written can be lost by a power cut
/// afterwards.
public final class PrivateFile {
    private static final String PRIVATE = "rw-------";

    private PrivateFile() {}

    public static void write(Path file, String text) throws IOException {
        write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    public static void write(Path file, byte[] bytes) throws IOException {
        Path folder = folderOf(file);
        folder(folder);
        Path draft = draftOf(file);
        permit(draft, PRIVATE);
        write(draft, file, bytes);
        sync(folder);
    }

    /// On a disk that is not this PC's, whose file system may know no owners and need not sync folders. What cannot
    /// be written is not left behind.
    public static void writeElsewhere(Path file, byte[] bytes) throws IOException {
        Path draft = draftOf(file);
        try {
            permit(draft, PRIVATE);
        } catch (IOException _) {
            // What needs to be secret is sealed.
        }
        try {
            write(draft, file, bytes);
        } catch (IOException e) {
            Files.deleteIfExists(draft);
            throw e;
        }
        try {
            sync(folderOf(file));
        } catch (IOException _) {
            // The file itself is synced.
        }
    }

    private static Path draftOf(Path file) throws IOException {
        Path draft = file.resolveSibling("." + file.getFileName() + ".draft");
        Files.deleteIfExists(draft);
        return Files.createFile(draft);
    }

    private static void write(Path draft, Path file, byte[] bytes) throws IOException {
        try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// The bytes are overwritten before the name goes, as far as the disk allows.
    public static void destroy(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer nothing = ByteBuffer.allocate(Math.toIntExact(channel.size()));
            while (nothing.hasRemaining()) {
                channel.write(nothing);
            }
            channel.force(true);
        }
        Files.delete(file);
        sync(folderOf(file));
    }

    /// Makes the folder if it is missing; one that exists keeps its permissions.
    public static void folder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Files.createDirectories(folder);
        permit(folder, "rwx------");
    }

    private static Path folderOf(Path file) {
        @Nullable Path parent = file.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException(file + " has no folder");
        }
        return parent;
    }

    private static void permit(Path path, String permissions) throws IOException {
        var view = Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (view != null) {
            view.setPermissions(PosixFilePermissions.fromString(permissions));
            return;
        }
        var list = Files.getFileAttributeView(path, AclFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        if (list != null) {
            list.setAcl(ownerOnly(list.getOwner(), Files.isDirectory(path)));
        }
    }

    /// Where files have access lists instead of modes. What a folder's list lets in goes for what is made in it.
    static List<AclEntry> ownerOnly(UserPrincipal owner, boolean isFolder) {
        return List.of(AclEntry.newBuilder()
                .setType(AclEntryType.ALLOW)
                .setPrincipal(owner)
                .setPermissions(AclEntryPermission.values())
                .setFlags(isFolder ? Set.of(AclEntryFlag.FILE_INHERIT, AclEntryFlag.DIRECTORY_INHERIT) : Set.of())
                .build());
    }

    public static void sync(Path folder) throws IOException {
        if (!System.getProperty("os.name", "").startsWith("Windows")) {
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
