package jp.kakunin.hub.disk;

import java.nio.file.Path;

/// The files of one hub, all under `DIR/hub` of the data directory.
public record HubFolder(Path data) {
    public Path root() {
        return data.resolve("hub");
    }

    public Path ca() {
        return root().resolve("ca");
    }

    public Path keys() {
        return root().resolve("keys");
    }

    public Path store() {
        return root().resolve("store");
    }

    /// Beside the store and never in a backup of it: whoever keeps a copy keeps what the law wants gone.
    public Path monthKeys() {
        return root().resolve("month-keys");
    }

    /// Of the months that were forgotten; kept for good.
    public Path receipts() {
        return root().resolve("erasures.jsonl");
    }

    /// Of TLS sessions. Never in a backup: they live for days only.
    public Path ticketKeys() {
        return root().resolve("ticket-keys");
    }

    public Path lastSeen() {
        return root().resolve("last-seen");
    }

    /// Copies of the store for whoever reads it while the hub runs; on its disk, because they are made of links.
    public Path snapshots() {
        return root().resolve("snapshots");
    }

    public Path log() {
        return root().resolve("log");
    }

    public Path clinics() {
        return root().resolve("clinics.csv");
    }

    public Path devices() {
        return root().resolve("devices.csv");
    }

    /// Of clinics that activate their devices themselves.
    public Path accounts() {
        return root().resolve("accounts");
    }

    public Path registry() {
        return root().resolve("registry.csv");
    }

    /// Made from the registry file, and again when that has changed.
    public Path registryStore() {
        return root().resolve("registry");
    }

    public Path operatorPassword() {
        return root().resolve("operator-password");
    }

    /// Audit stubs, which outlive their months and name nobody.
    public Path audit() {
        return root().resolve("audit");
    }

    public Path ports() {
        return root().resolve("ports.properties");
    }

    public Path runFile() {
        return root().resolve("hub.json");
    }

    /// Held by the running hub for its whole life.
    public Path runLock() {
        return root().resolve("run.lock");
    }

    /// Held for a moment by whoever makes keys or changes the registers.
    public Path setupLock() {
        return root().resolve("setup.lock");
    }

    /// Where an edge node on the same machine looks for its identity.
    public Path edgeIdentity() {
        return data.resolve("edge").resolve("identity");
    }
}
