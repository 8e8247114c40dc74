package jp.kakunin.load.replay;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Date;
import java.util.Locale;
import jp.kakunin.codec.CardEvidence;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.load.population.Script;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// People with cards, and what the authority's registry says of them. They are nobody: a number makes a person. All
/// share one key, and their certificates differ in the serial number alone, which is what an authority goes by; who
/// issued a certificate is not checked by the simulated ones.
final class Persons {
    static final int OF_EACH_KIND = 20_000;

    private static final long FIRST_SERIAL = 0x4C4F_4144_0000_0000L;
    private static final int SERIAL_BYTES = Long.BYTES;
    private static final int SERIAL_BLOCK_BITS = 28;
    private static final int KEY_BITS = 2_048;
    private static final String MARK = "# people of the load tester";
    private static final X500Name NAME = new X500Name("C=JP,O=JPKI-TEST,CN=LOAD");
    private static final String HEADER =
            "certificate_serial,name,kana,birth_date,insurer_body,symbol,number,branch,copay_percent,from,until,state\n";

    private final PrivateKey key;
    private final byte[] certificate;
    private final int serialAt;

    private Persons(PrivateKey key, byte[] certificate) {
        this.key = key;
        this.certificate = certificate;
        this.serialAt = indexOf(certificate, bytes(FIRST_SERIAL));
    }

    static Persons make(Instant now, SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(KEY_BITS, random);
            KeyPair keys = generator.generateKeyPair();
            byte[] der = new JcaX509v3CertificateBuilder(
                            NAME,
                            BigInteger.valueOf(FIRST_SERIAL),
                            Date.from(now.minus(Duration.ofDays(1))),
                            Date.from(now.plus(Duration.ofDays(900))),
                            NAME,
                            keys.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate()))
                    .getEncoded();
            return new Persons(keys.getPrivate(), der);
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("the cards cannot be made", e);
        }
    }

    /// Adds them to the registry file of a hub; does nothing when they are in it.
    static void register(Path registry) throws IOException {
        if (Files.exists(registry) && Files.readString(registry).contains(MARK)) {
            return;
        }
        StringBuilder lines = new StringBuilder(Files.exists(registry) ? MARK + "\n" : MARK + "\n" + HEADER);
        for (Script.Registered registered : Script.Registered.values()) {
            if (registered != Script.Registered.ABSENT) {
                for (int i = 0; i < OF_EACH_KIND; i++) {
                    lines.append(String.format(
                            Locale.ROOT,
                            "%X,試験,シケン,1980-01-01,0699900,9%d0,%d,00,30,2019-04-01,,%s%n",
                            serial(registered, i),
                            block(registered),
                            i,
                            registered.name().toLowerCase(Locale.ROOT)));
                }
            }
        }
        Files.createDirectories(registry.toAbsolutePath().getParent());
        Files.writeString(
                registry, lines, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static int block(Script.Registered registered) {
        return switch (registered) {
            case VALID -> 1;
            case SUSPENDED -> 2;
            case ABSENT -> 3;
        };
    }

    static long serial(Script.Registered registered, int person) {
        return FIRST_SERIAL + ((long) block(registered) << SERIAL_BLOCK_BITS) + person + 1;
    }

    byte[] certificate(long serial) {
        byte[] der = certificate.clone();
        System.arraycopy(bytes(serial), 0, der, serialAt, SERIAL_BYTES);
        return der;
    }

    /// As the card signs after the PIN.
    byte[] signature(CheckId check, InstitutionCode clinic, LocalDate date) {
        try {
            Signature signer = Signature.getInstance("SHA256withRSA");
            signer.initSign(key);
            signer.update(CardEvidence.signedContent(check, clinic, date));
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK signs with RSA", e);
        }
    }

    private static byte[] bytes(long serial) {
        return BigInteger.valueOf(serial).toByteArray();
    }

    private static int indexOf(byte[] in, byte[] part) {
        for (int at = 0; at + part.length <= in.length; at++) {
            if (Arrays.equals(in, at, at + part.length, part, 0, part.length)) {
                return at;
            }
        }
        throw new IllegalStateException("the certificate does not hold its serial number");
    }
}
