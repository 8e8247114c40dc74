package jp.kakunin.load.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// The peers by name, and what each needs on this machine.
enum Candidate {
    KAKUNIN(""),
    POSTGRESQL("postgresql"),
    ARTEMIS(""),
    KAFKA(""),
    NATS("nats-server"),
    REDIS("redis-server");

    private final String debianPackage;

    Candidate(String debianPackage) {
        this.debianPackage = debianPackage;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What to do before it can be measured here.
    Optional<String> missing() throws IOException {
        boolean present = switch (this) {
            case POSTGRESQL -> PostgresPeer.programs().isPresent();
            case NATS -> Files.isExecutable(Path.of(NatsPeer.PROGRAM));
            case REDIS -> Files.isExecutable(Path.of(RedisPeer.PROGRAM));
            case KAKUNIN, ARTEMIS, KAFKA -> true;
        };
        return present
                ? Optional.empty()
                : Optional.of("not installed: apt-get install " + debianPackage + ", or add --install");
    }

    /// @param launcher by which the hub is started as a person would start it
    /// @param clients as many as will ever connect
    Peer open(Path launcher, Path folder, int clients) throws IOException {
        return switch (this) {
            case KAKUNIN -> new KakuninPeer(launcher, folder, clients);
            case POSTGRESQL -> new PostgresPeer(folder);
            case ARTEMIS -> new ArtemisPeer(folder);
            case KAFKA -> new KafkaPeer(folder);
            case NATS -> new NatsPeer(folder);
            case REDIS -> new RedisPeer(folder);
        };
    }
}
