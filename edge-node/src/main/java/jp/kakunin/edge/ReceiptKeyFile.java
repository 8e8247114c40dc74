package jp.kakunin.edge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.edge.disk.PrivateFile;
import jp.kakunin.edge.receipt.ReceiptKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `receipt-keys`: a line for each key, with its name, its clinic and a digest of it. An edge that runs reads it again
/// when it was changed.
public final class ReceiptKeyFile {
    private static final Logger LOG = LoggerFactory.getLogger(ReceiptKeyFile.class);

    private final Path file;
    private List<ReceiptKey> keys = List.of();
    private @Nullable Stamp read;

    private record Stamp(FileTime changed, long bytes) {}

    public ReceiptKeyFile(Path file) {
        this.file = file;
    }

    /// @return the key, which is shown once and cannot be read again
    public String add(String name, InstitutionCode clinic) throws IOException {
        List<ReceiptKey> all = new ArrayList<>(read());
        if (all.stream().anyMatch(key -> key.name().equals(name))) {
            throw new IllegalArgumentException(
                    "there is a key \"" + name + "\" already; remove it or choose another NAME");
        }
        if (all.size() >= ReceiptKey.KEYS_MAX) {
            throw new IllegalArgumentException(
                    "there are " + ReceiptKey.KEYS_MAX + " keys already, which is the most; remove one first");
        }
        String secret = ReceiptKey.secret(new SecureRandom());
        all.add(new ReceiptKey(name, clinic, ReceiptKey.digestOf(secret)));
        write(all);
        return secret;
    }

    /// @return whether there was one
    public boolean remove(String name) throws IOException {
        List<ReceiptKey> all = new ArrayList<>(read());
        boolean found = all.removeIf(key -> key.name().equals(name));
        if (found) {
            write(all);
        }
        return found;
    }

    /// @throws IOException naming the line that is not understood
    public List<ReceiptKey> read() throws IOException {
        List<ReceiptKey> all = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(file)) {
                all.add(parse(line, all.size() + 1));
            }
        } catch (NoSuchFileException _) {
            return List.of();
        }
        return all;
    }

    /// The keys as they are now; none while the file cannot be read.
    synchronized List<ReceiptKey> current() {
        try {
            Stamp now = Files.exists(file) ? new Stamp(Files.getLastModifiedTime(file), Files.size(file)) : null;
            if (now == null) {
                keys = List.of();
            } else if (!now.equals(read)) {
                keys = List.copyOf(read());
            }
            read = now;
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("failure", e.getMessage()).log("the keys of receipt computers cannot be read");
            keys = List.of();
            read = null;
        }
        return keys;
    }

    private ReceiptKey parse(String line, int number) throws IOException {
        String[] words = line.split(" ", -1);
        try {
            if (words.length == 3) {
                return new ReceiptKey(
                        words[0],
                        new InstitutionCode(words[1]),
                        new Digest(HexFormat.of().parseHex(words[2])));
            }
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ", line " + number + ": " + e.getMessage(), e);
        }
        throw new IOException(file + ", line " + number + ": must be a name, a clinic and a digest; remove the line");
    }

    private void write(List<ReceiptKey> all) throws IOException {
        PrivateFile.write(
                file,
                all.stream()
                        .map(key -> key.name() + " " + key.clinic().digits() + " " + key.digest() + "\n")
                        .collect(Collectors.joining()));
    }
}
