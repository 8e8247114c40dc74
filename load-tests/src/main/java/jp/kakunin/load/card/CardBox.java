package jp.kakunin.load.card;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// A box of test cards in a folder: `authority.p12` with its `authority.pem`, and `card-<name>.p12` for each card that
/// was ever asked for. Keys and serial numbers outlive restarts; the PIN counter lives as long as the box object.
public final class CardBox {
    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");
    private static final Duration ISSUED_AGO = Duration.ofDays(500);
    private static final int PEM_LINE_CHARS = 64;

    private final Path folder;
    private final InstantSource clock;
    private final TestCardAuthority authority;
    private final Map<String, VirtualCard> cards = new ConcurrentHashMap<>();

    private CardBox(Path folder, InstantSource clock, TestCardAuthority authority) {
        this.folder = folder;
        this.clock = clock;
        this.authority = authority;
    }

    /// Opens the box, or makes it with a new authority.
    public static CardBox open(Path folder, InstantSource clock, SecureRandom random) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("authority.p12");
        TestCardAuthority authority;
        if (Files.exists(file)) {
            authority = new TestCardAuthority(CardFile.read(file), random);
        } else {
            authority = TestCardAuthority.create(clock.instant(), random);
            CardFile.write(file, authority.identity());
        }
        CardBox box = new CardBox(folder, clock, authority);
        box.writePem();
        return box;
    }

    public TestCardAuthority authority() {
        return authority;
    }

    /// The authority's certificate, for those who verify what the cards sign.
    public Path authorityPem() {
        return folder.resolve("authority.pem");
    }

    /// The card of that name, always the same object: a `DemoCard`, or a valid card for any other name.
    public VirtualCard card(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a card is named with 1 to 32 of the characters a-z, 0-9 and '-': " + name);
        }
        return cards.computeIfAbsent(name, this::make);
    }

    private VirtualCard make(String name) {
        DemoCard kind = DemoCard.named(name).orElse(DemoCard.HANAKO);
        VirtualCard card = new VirtualCard(identity(name, kind), DemoCard.PIN, kind.triesLeft());
        if (kind == DemoCard.FOREIGN) {
            card.misbehave(CardFaults.of(CardQuirk.FOREIGN));
        }
        return card;
    }

    private CardIdentity identity(String name, DemoCard kind) {
        try {
            Path file = folder.resolve("card-" + name + ".p12");
            Instant now = clock.instant();
            if (Files.exists(file)) {
                CardIdentity stored = CardFile.read(file);
                Instant notAfter = stored.certificate().getNotAfter().toInstant();
                if (authority.issued(stored.certificate()) && !kind.outOfDate(notAfter, now)) {
                    return stored;
                }
            }
            CardIdentity issued = authority.issue(
                    DemoCard.holderOf(name), DemoCard.serialOf(name), now.minus(ISSUED_AGO), kind.endsAt(now));
            CardFile.write(file, issued);
            return issued;
        } catch (IOException e) {
            throw new UncheckedIOException("the test card " + name + " cannot be kept in " + folder, e);
        }
    }

    private void writePem() throws IOException {
        try {
            String body = Base64.getMimeEncoder(PEM_LINE_CHARS, new byte[] {'\n'})
                    .encodeToString(authority.certificate().getEncoded());
            Files.writeString(
                    authorityPem(),
                    "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n",
                    StandardCharsets.US_ASCII);
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("the test authority's certificate cannot be encoded", e);
        }
    }
}
