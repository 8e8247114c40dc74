package jp.kakunin.edge.activation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import jp.kakunin.edge.EdgeTestIdentity;
import jp.kakunin.edge.identity.EdgeIdentity;
import jp.kakunin.edge.identity.IdentityFiles;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RenewalTest {
    private static final Duration YEAR = Duration.ofDays(365);

    @TempDir
    Path folder;

    private final SecureRandom random = new SecureRandom();
    private final List<String> asked = new ArrayList<>();
    private final List<EdgeIdentity> renewed = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private boolean reached = true;
    private boolean replyLost;

    @BeforeEach
    void identity() throws IOException {
        EdgeTestIdentity.copyTo(folder);
        now = EdgeIdentity.read(folder).certificateEnd().minus(Renewal.WITHIN);
    }

    private Renewal renewal() {
        return new Renewal(folder, () -> now, random, this::sign, renewed::add);
    }

    private String sign(EdgeIdentity identity, String request) throws TroubleException {
        if (!reached) {
            throw new TroubleException(Trouble.HUB_UNREACHABLE, null);
        }
        asked.add(request);
        if (replyLost) {
            throw new TroubleException(Trouble.HUB_UNREACHABLE, null);
        }
        try {
            KeyPair ca = KeyPairGenerator.getInstance("EC").generateKeyPair();
            var wish = new PKCS10CertificationRequest(Base64.getDecoder().decode(request));
            byte[] certificate = new X509v3CertificateBuilder(
                            new X500Name("CN=hub"),
                            BigInteger.valueOf(asked.size()),
                            Date.from(Instant.EPOCH),
                            Date.from(now.plus(YEAR)),
                            new X500Name("CN=" + identity.device()),
                            wish.getSubjectPublicKeyInfo())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(ca.getPrivate()))
                    .getEncoded();
            return "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(certificate)
                    + "\n-----END CERTIFICATE-----\n";
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void it_is_left_alone_until_a_quarter_of_its_life_is_left_and_then_renewed_once() throws IOException {
        Instant end = EdgeIdentity.read(folder).certificateEnd();
        now = now.minusMillis(1);
        assertThat(renewal().look()).isEqualTo(Renewal.LOOK_EVERY);
        assertThat(asked).isEmpty();

        now = now.plusMillis(1);
        assertThat(renewal().look()).isEqualTo(Renewal.LOOK_EVERY);
        assertThat(renewal().look()).isEqualTo(Renewal.LOOK_EVERY);

        assertThat(asked).hasSize(1);
        assertThat(renewed).hasSize(1);
        assertThat(renewed.getFirst().certificateEnd()).isAfter(end);
        assertThat(read()).isEqualTo(files(renewed.getFirst()));
        assertThat(names()).noneMatch(name -> name.startsWith("next-")).hasSize(4);
    }

    @Test
    void a_lost_reply_is_asked_for_again_with_the_same_key_less_and_less_often() {
        replyLost = true;
        Renewal renewal = renewal();
        assertThat(renewal.look()).isEqualTo(Renewal.RETRY_FIRST);
        assertThat(renewal.look()).isEqualTo(Renewal.RETRY_FIRST.multipliedBy(2));
        for (int i = 0; i < 30; i++) {
            assertThat(renewal.look()).isLessThanOrEqualTo(Renewal.LOOK_EVERY);
        }
        replyLost = false;
        assertThat(renewal().look()).isEqualTo(Renewal.LOOK_EVERY);

        assertThat(asked.stream().map(RenewalTest::keyOf).distinct()).hasSize(1);
        assertThat(renewed).hasSize(1);
    }

    @Test
    void a_hub_that_is_away_or_gives_back_the_old_changes_nothing() {
        List<Path> before = read();
        reached = false;
        assertThat(renewal().look()).isEqualTo(Renewal.RETRY_FIRST);
        var old = new Renewal(
                folder, () -> now, random, (identity, _) -> text(identity.deviceCertificate()), renewed::add);
        assertThat(old.look()).isEqualTo(Renewal.RETRY_FIRST);

        assertThat(read()).isEqualTo(before);
        assertThat(renewed).isEmpty();
    }

    /// Every state that a power cut can leave while the files change is one with a usable identity.
    @Test
    void a_crash_at_any_point_leaves_one_usable_identity() throws IOException {
        String key = text(folder.resolve("device-key.pem"));
        String certificate = text(folder.resolve("device-cert.pem"));
        new IdentityFiles(folder).renew(key, certificate);
        List<String> after = names();
        String properties = text(folder.resolve("identity.properties"));

        EdgeTestIdentity.copyTo(folder);
        assertThat(read().getFirst()).hasFileName("device-key.pem");

        Files.writeString(folder.resolve("identity.properties"), properties);
        List<Path> beforeCleaning = read();
        for (String gone : List.of("device-key.pem", "device-cert.pem")) {
            Files.delete(folder.resolve(gone));
            assertThat(read()).isEqualTo(beforeCleaning);
        }
        assertThat(names()).isEqualTo(after);
    }

    private List<Path> read() {
        return files(EdgeIdentity.read(folder));
    }

    private static List<Path> files(EdgeIdentity identity) {
        return List.of(identity.deviceKey(), identity.deviceCertificate(), identity.hubCertificates());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Object keyOf(String request) {
        try {
            return new PKCS10CertificationRequest(Base64.getDecoder().decode(request)).getSubjectPublicKeyInfo();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
