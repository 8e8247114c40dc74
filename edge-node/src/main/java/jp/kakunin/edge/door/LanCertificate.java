package jp.kakunin.edge.door;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import jp.kakunin.domain.Digest;
import jp.kakunin.edge.disk.PrivateFile;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The key and self-signed certificate with which this PC shows itself to tablets: made here, one for each address.
/// Nobody vouches for it, so people compare its fingerprint.
///
/// @param keyPem a secret
public record LanCertificate(String keyPem, String pem, X509Certificate certificate) {
    /// Long before any clock of a PC and long after any PC: it is the fingerprint that tablets go by.
    private static final Instant VALID_FROM = Instant.parse("2000-01-01T00:00:00Z");

    private static final Instant VALID_UNTIL = Instant.parse("2049-12-31T23:59:59Z");
    private static final Logger LOG = LoggerFactory.getLogger(LanCertificate.class);
    private static final int SERIAL_BITS = 120;
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});
    private static final Pattern PAIRS = Pattern.compile("(?<=\\G..)(?=.)");

    /// The one of the last start, unless the address is another.
    public static LanCertificate openOrMake(Path folder, LanAddress address, SecureRandom random) throws IOException {
        Path key = folder.resolve("key.pem");
        Path certificate = folder.resolve("cert.pem");
        try {
            String pem = Files.readString(certificate);
            var kept = new LanCertificate(Files.readString(key), pem, parse(pem));
            if (kept.isFor(address)) {
                return kept;
            }
        } catch (NoSuchFileException _) {
            // the first start with a network
        } catch (IOException | GeneralSecurityException e) {
            LOG.atWarn().addKeyValue("failure", e.toString()).log("the tablets' certificate is made anew");
        }
        try {
            LanCertificate made = make(address, random);
            // The certificate last: it says that both are there.
            Files.deleteIfExists(certificate);
            PrivateFile.write(key, made.keyPem());
            PrivateFile.write(certificate, made.pem());
            return made;
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IOException("the certificate in " + folder + " cannot be made", e);
        }
    }

    /// SHA-256, in pairs of hexadecimal digits as browsers show it.
    public String fingerprint() {
        try {
            String hex = Digest.of(certificate.getEncoded()).toString().toUpperCase(Locale.ROOT);
            return PAIRS.splitAsStream(hex).collect(Collectors.joining(":"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was read has a form", e);
        }
    }

    private boolean isFor(LanAddress address) throws GeneralSecurityException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        return names != null && names.stream().anyMatch(name -> address.host().equals(name.get(1)));
    }

    private static LanCertificate make(LanAddress address, SecureRandom random)
            throws GeneralSecurityException, OperatorCreationException, IOException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        KeyPair keys = generator.generateKeyPair();
        var name = new X500Principal("CN=Kakunin " + address.host());
        var subject =
                new GeneralName(address.isNumeric() ? GeneralName.iPAddress : GeneralName.dNSName, address.host());
        var builder = new JcaX509v3CertificateBuilder(
                        name,
                        new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS),
                        Date.from(VALID_FROM),
                        Date.from(VALID_UNTIL),
                        name,
                        keys.getPublic())
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(subject));
        X509Certificate made = new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
        return new LanCertificate(
                pem("PRIVATE KEY", keys.getPrivate().getEncoded()), pem("CERTIFICATE", made.getEncoded()), made);
    }

    private static X509Certificate parse(String pem) throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String pem(String name, byte[] bytes) {
        return "-----BEGIN " + name + "-----\n" + LINES.encodeToString(bytes) + "\n-----END " + name + "-----\n";
    }

    @Override
    public String toString() {
        return "LanCertificate[" + fingerprint() + "]";
    }
}
