package jp.kakunin.hub.erasure;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jp.kakunin.domain.Digest;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.journal.ClosedMonth;

/// The receipts of all forgotten months, one line each, in a file that is only ever appended to.
public final class Receipts {
    private final Path file;

    public Receipts(Path file) {
        this.file = file;
    }

    /// All receipts as JSON, each with `verified`: signed by this key, and nothing before it changed or missing.
    public JsonArray verified(PublicKey key) throws IOException {
        JsonArray all = new JsonArray();
        Digest previous = Digest.ZERO;
        boolean unbroken = true;
        for (Receipt receipt : read()) {
            unbroken &= receipt.isGenuine(previous, key);
            JsonObject shown = unbroken ? receipt.json() : new JsonObject().put("line", receipt.line());
            all.add(shown.put("verified", unbroken));
            previous = receipt.digest();
        }
        return all;
    }

    /// Writes into this file, and signs with this key.
    public ReceiptBook signedWith(PrivateKey key) {
        return (closed, keysDestroyed) -> append(closed, keysDestroyed, key);
    }

    void append(List<ClosedMonth> closed, Instant keysDestroyed, PrivateKey key) throws IOException {
        List<Receipt> written = read();
        Set<TreatmentMonth> months = new HashSet<>();
        written.forEach(receipt -> months.add(receipt.month()));
        Digest previous = written.isEmpty() ? Digest.ZERO : written.getLast().digest();
        for (ClosedMonth each : closed) {
            if (months.add(each.month())) {
                Receipt receipt = Receipt.make(each, keysDestroyed, previous, key);
                append(receipt);
                previous = receipt.digest();
            }
        }
    }

    private void append(Receipt receipt) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ)) {
            // What a power cut left of a last line is written over: the journal still knows that month.
            channel.truncate(endOfLastLine(channel)).position(channel.size());
            ByteBuffer line = ByteBuffer.wrap((receipt.line() + "\n").getBytes(StandardCharsets.UTF_8));
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.force(true);
        }
    }

    private static long endOfLastLine(FileChannel channel) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        for (long end = channel.size(); end > 0; end--) {
            channel.read(one.clear(), end - 1);
            if (one.get(0) == '\n') {
                return end;
            }
        }
        return 0;
    }

    private List<Receipt> read() throws IOException {
        List<Receipt> receipts = new ArrayList<>();
        if (Files.exists(file)) {
            String text = Files.readString(file);
            String whole = text.substring(0, text.lastIndexOf('\n') + 1);
            whole.lines().forEach(line -> receipts.add(new Receipt(line)));
        }
        return receipts;
    }
}
