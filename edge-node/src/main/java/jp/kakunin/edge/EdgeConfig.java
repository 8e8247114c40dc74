package jp.kakunin.edge;

import java.nio.file.Path;
import jp.kakunin.domain.DueState;
import jp.kakunin.edge.desk.OutageLimits;
import jp.kakunin.edge.door.DoorOptions;
import jp.kakunin.edge.identity.IdentityFiles;
import jp.kakunin.edge.store.Durability;

/// How an edge is run: where its data are and on which port the desk is.
///
/// @param port 0 keeps the port of the last start, or takes a free one at the first
/// @param filingDay day of the month after on which the clinic files its claims
/// @param outageLimits from when on the desk worries about a hub that is away
public record EdgeConfig(
        Path data,
        int port,
        int filingDay,
        OutageLimits outageLimits,
        ReceiptFolders receiptFolders,
        DoorOptions door,
        Durability durability) {
    private static final int PORT_MAX = 65_535;
    private static final int FILING_DAY_MAX = 31;

    public EdgeConfig(Path data, int port) {
        this(data, port, DueState.FILING_DAY, OutageLimits.DEFAULT, ReceiptFolders.NONE, DoorOptions.DEFAULT);
    }

    public EdgeConfig(
            Path data,
            int port,
            int filingDay,
            OutageLimits outageLimits,
            ReceiptFolders receiptFolders,
            DoorOptions door) {
        this(data, port, filingDay, outageLimits, receiptFolders, door, Durability.ofProcess());
    }

    public EdgeConfig {
        if (port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException("--port must be 0 to " + PORT_MAX + ", was " + port);
        }
        if (filingDay < 1 || filingDay > FILING_DAY_MAX) {
            throw new IllegalArgumentException("--filing-day must be 1 to " + FILING_DAY_MAX + ", was " + filingDay);
        }
        data = data.toAbsolutePath().normalize();
    }

    public Path folder() {
        return data.resolve("edge");
    }

    /// There when all data of this edge are synthetic.
    Path sandbox() {
        return folder().resolve("sandbox");
    }

    public Path receiptKeys() {
        return folder().resolve("receipt-keys");
    }

    /// Key and certificate for tablets.
    Path lan() {
        return folder().resolve("lan");
    }

    public Path identity() {
        return folder().resolve("identity");
    }

    public boolean isActivated() {
        return IdentityFiles.exist(identity());
    }

    Path store() {
        return folder().resolve("store");
    }

    Path monthKeys() {
        return folder().resolve("month-keys");
    }

    public Path log() {
        return folder().resolve("log");
    }

    public Path runLock() {
        return folder().resolve("run.lock");
    }

    public Path runFile() {
        return folder().resolve("edge.json");
    }

    Path deskPort() {
        return folder().resolve("desk-port");
    }

    /// Lets a page that was opened before a restart send its form afterwards.
    Path formSecret() {
        return folder().resolve("desk-secret");
    }
}
