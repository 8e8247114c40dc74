package jp.kakunin.edge.doctor;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import jp.kakunin.edge.activation.Tls;
import jp.kakunin.edge.doctor.WayToHub.Reached;
import jp.kakunin.edge.identity.EdgeIdentity;
import jp.kakunin.edge.identity.IdentityException;
import jp.kakunin.edge.reader.CardPort;
import jp.kakunin.edge.reader.CardTrouble;

/// Looks at one part after the other, whether an edge runs or not, and changes nothing.
public final class Doctor {
    /// Below this the store cannot work for long.
    static final long FREE_BYTES_MIN = 200L * 1024 * 1024;

    /// A PC whose clock is further off than this shows wrong times at the desk, and fails at certificates.
    static final Duration CLOCK_OFF_MAX = Duration.ofMinutes(5);

    private static final int OK = 200;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    private final Path data;
    private final Path identity;
    private final CardPort cards;
    private final WayToHub way;
    private final InstantSource clock;
    private final List<Finding> findings = new ArrayList<>();

    Doctor(Path data, Path identity, CardPort cards, WayToHub way, InstantSource clock) {
        this.data = data;
        this.identity = identity;
        this.cards = cards;
        this.way = way;
        this.clock = clock;
    }

    public Doctor(Path data, Path identity, CardPort cards, InstantSource clock) {
        this(data, identity, cards, new HubProbe(), clock);
    }

    /// One finding for each part, in the order of [Part].
    public List<Finding> examine() {
        findings.clear();
        findings.add(pc());
        cards();
        try {
            EdgeIdentity read = EdgeIdentity.read(identity);
            X509Certificate certificate = Tls.certificate(read);
            if (clock.instant().isAfter(certificate.getNotAfter().toInstant())) {
                findings.add(Finding.broken(
                        Fault.CERTIFICATE_ENDED,
                        "the device's certificate ended at "
                                + certificate.getNotAfter().toInstant()));
            }
            hub(way.go(read));
        } catch (IdentityException | GeneralSecurityException | IOException e) {
            findings.add(Finding.broken(Fault.IDENTITY, String.valueOf(e.getMessage())));
        }
        return Arrays.stream(Part.values()).map(this::found).toList();
    }

    private Finding found(Part part) {
        return findings.stream()
                .filter(finding -> finding.part() == part)
                .findFirst()
                .orElseGet(() -> Finding.notLookedAt(part));
    }

    private Finding pc() {
        try {
            Files.createDirectories(data);
            Path probe = Files.createTempFile(data, "doctor", ".probe");
            Files.delete(probe);
            long free = Files.getFileStore(data).getUsableSpace();
            String detail = free / (1024 * 1024) + " MiB free";
            return free < FREE_BYTES_MIN ? Finding.broken(Fault.DISK, detail) : Finding.works(Part.PC, detail);
        } catch (IOException e) {
            return Finding.broken(Fault.DISK, "the data folder cannot be written: " + e.getMessage());
        }
    }

    private void cards() {
        try (CardPort.Session session = cards.open()) {
            List<CardPort.Slot> slots = session.slots();
            findings.add(Finding.works(Part.SERVICE, ""));
            findings.add(
                    slots.isEmpty()
                            ? Finding.broken(Fault.NO_READER, "the service knows no reader")
                            : Finding.works(Part.READER, slots.size() + " reader(s)"));
        } catch (CardTrouble trouble) {
            if (trouble.kind() == CardTrouble.Kind.NO_READER) {
                findings.add(Finding.works(Part.SERVICE, ""));
                findings.add(Finding.broken(Fault.NO_READER, trouble.detail()));
            } else {
                findings.add(Finding.broken(
                        trouble.kind() == CardTrouble.Kind.ACCESS_DENIED ? Fault.NOT_ALLOWED : Fault.NO_SERVICE,
                        trouble.detail()));
            }
        }
    }

    private void hub(Reached reached) {
        switch (reached) {
            case Reached.Broken(Fault fault, String detail) -> {
                findings.add(Finding.broken(fault, detail));
                for (Part before : List.of(Part.LINE, Part.DNS, Part.TLS)) {
                    if (isBefore(before, fault.part())) {
                        findings.add(Finding.works(before, ""));
                    }
                }
            }
            case Reached.Hub(int status, JsonObject body, String retryAfter) -> {
                for (Part before : List.of(Part.LINE, Part.DNS, Part.TLS)) {
                    findings.add(Finding.works(before, ""));
                }
                answered(status, body, retryAfter);
            }
        }
    }

    /// A name that is found does not need a line; a line does not need a name.
    private static boolean isBefore(Part before, Part broken) {
        return switch (broken) {
            case TLS -> before != Part.TLS;
            case HUB -> before == Part.LINE || before == Part.DNS;
            case DNS -> before == Part.LINE;
            default -> false;
        };
    }

    private void answered(int status, JsonObject body, String retryAfter) {
        if (status == OK) {
            clock(body.getString("hubTime", ""));
            findings.add(Finding.works(Part.HUB, ""));
            String device = body.getString("device", "");
            findings.add(
                    device.equals("ACTIVE")
                            ? Finding.works(Part.ACCOUNT, "")
                            : Finding.broken(Fault.DEVICE_STOPPED, "the hub says this device is " + device));
            findings.add(
                    body.getString("authority", "").equals("ANSWERS")
                            ? Finding.works(Part.AUTHORITY, "")
                            : Finding.broken(Fault.NO_ANSWERS, "the hub gets no answers"));
        } else if (status == FORBIDDEN) {
            findings.add(Finding.works(Part.HUB, ""));
            String title = body.getString("title", "");
            findings.add(Finding.broken(forbidden(title), title + ": " + body.getString("detail", "")));
        } else if (status == TOO_MANY || status == UNAVAILABLE) {
            String again = retryAfter.isEmpty() ? "" : ", come again after " + retryAfter + " s";
            findings.add(Finding.broken(Fault.OVERLOADED, "status " + status + again));
        } else {
            findings.add(Finding.broken(Fault.NO_ANSWER, "status " + status + " " + body.getString("title", "")));
        }
    }

    private static Fault forbidden(String title) {
        return switch (title) {
            case "DEVICE_UNKNOWN" -> Fault.DEVICE_UNKNOWN;
            case "CERTIFICATE_EXPIRED" -> Fault.CERTIFICATE_ENDED;
            default -> Fault.IDENTITY;
        };
    }

    private void clock(String hubTime) {
        try {
            Duration off = Duration.between(Instant.parse(hubTime), clock.instant());
            String detail = "this PC is " + off.toSeconds() + " s ahead of the hub";
            findings.add(
                    off.abs().compareTo(CLOCK_OFF_MAX) > 0
                            ? Finding.broken(Fault.CLOCK_OFF, detail)
                            : Finding.works(Part.CLOCK, detail));
        } catch (DateTimeException _) {
            findings.add(Finding.broken(Fault.NO_ANSWER, "it does not say its time"));
        }
    }
}
