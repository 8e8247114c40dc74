package jp.kakunin.load.bench;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Locale;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Patients for the measurement: a certificate for each, and a line of the registry that makes the answer "valid". All
/// share one key, because only the serial number matters.
final class BenchCards {
    private static final long FIRST_SERIAL = 0x4B0000000000L;
    private static final int KEY_BITS = 2_048;
    private static final X500Name NAME = new X500Name("C=JP,O=JPKI-TEST,CN=BENCH");
    private static final String HEADER =
            "certificate_serial,name,kana,birth_date,insurer_body,symbol,number,branch,copay_percent,from,until,state\n";

    private BenchCards() {}

    /// @return the key they share
    static PrivateKey write(Path folder, Path registry, int cards, Instant now, SecureRandom random)
            throws IOException {
        Files.createDirectories(folder);
        StringBuilder lines = new StringBuilder(HEADER);
        PrivateKey key;
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS, random);
            KeyPair keys = generator.generateKeyPair();
            key = keys.getPrivate();
            for (int i = 0; i < cards; i++) {
                BigInteger serial = BigInteger.valueOf(FIRST_SERIAL + i);
                Files.write(folder.resolve(String.format(Locale.ROOT, "%06d.der", i)), certificate(keys, serial, now));
                lines.append(String.format(
                        Locale.ROOT, "%X,試験,シケン,1980-01-01,0699900,900,%d,00,30,2019-04-01,,valid%n", serial, i));
            }
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("the cards could not be made", e);
        }
        Files.createDirectories(registry.toAbsolutePath().getParent());
        Files.writeString(registry, lines);
        return key;
    }

    private static byte[] certificate(KeyPair keys, BigInteger serial, Instant now)
            throws IOException, OperatorCreationException {
        ContentSigner signer = new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate());
        return new JcaX509v3CertificateBuilder(
                        NAME,
                        serial,
                        Date.from(now.minus(Duration.ofDays(1))),
                        Date.from(now.plus(Duration.ofDays(900))),
                        NAME,
                        keys.getPublic())
                .build(signer)
                .getEncoded();
    }
}
