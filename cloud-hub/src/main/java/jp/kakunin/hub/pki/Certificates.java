package jp.kakunin.hub.pki;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import javax.security.auth.x500.X500Principal;
import jp.kakunin.domain.DeviceId;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// The three kinds of certificate of the development CA.
///
/// All begin in 2000, and CA and server last half a century, and that is on purpose: a clinic's PC whose clock has
/// fallen
/// back by years must still reach the hub, because the hub's time is what sets it right. A device's own certificate
/// ends
/// after a year by the hub's clock, which is asked for every request, as is the device's state in the register.
final class Certificates {
    private static final Instant VALID_FROM = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant VALID_UNTIL = Instant.parse("2049-12-31T23:59:59Z");
    private static final int SERIAL_BITS = 120;

    private Certificates() {}

    static X509Certificate ca(KeyPair keys, SecureRandom random) throws GeneralSecurityException {
        // The serial in the name keeps the CAs of two installations apart on one machine.
        BigInteger serial = serial(random);
        var name = new X500Principal(
                "CN=Kakunin development CA " + serial.toString(16).substring(0, 8));
        try {
            var builder = builder(name, serial, name, keys.getPublic(), VALID_UNTIL)
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            return sign(builder, keys.getPrivate());
        } catch (CertIOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    static X509Certificate server(KeyedCertificate ca, PublicKey key, SecureRandom random)
            throws GeneralSecurityException {
        var names = new GeneralNames(new GeneralName[] {
            new GeneralName(GeneralName.dNSName, "localhost"),
            new GeneralName(GeneralName.iPAddress, "127.0.0.1"),
            new GeneralName(GeneralName.iPAddress, "::1")
        });
        try {
            var builder = leaf(
                            ca,
                            new X500Principal("CN=localhost"),
                            key,
                            VALID_UNTIL,
                            KeyPurposeId.id_kp_serverAuth,
                            random)
                    .addExtension(Extension.subjectAlternativeName, false, names);
            return sign(builder, ca.key());
        } catch (CertIOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    static X509Certificate device(
            KeyedCertificate ca, DeviceId device, PublicKey key, Instant until, SecureRandom random)
            throws GeneralSecurityException {
        try {
            var subject = new X500Principal("CN=" + device);
            return sign(leaf(ca, subject, key, until, KeyPurposeId.id_kp_clientAuth, random), ca.key());
        } catch (CertIOException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static X509v3CertificateBuilder leaf(
            KeyedCertificate ca,
            X500Principal subject,
            PublicKey key,
            Instant until,
            KeyPurposeId purpose,
            SecureRandom random)
            throws CertIOException {
        return builder(ca.certificate().getSubjectX500Principal(), serial(random), subject, key, until)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
    }

    private static X509v3CertificateBuilder builder(
            X500Principal issuer, BigInteger serial, X500Principal subject, PublicKey key, Instant until) {
        return new JcaX509v3CertificateBuilder(issuer, serial, Date.from(VALID_FROM), Date.from(until), subject, key);
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException {
        try {
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(key);
            return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }

    private static BigInteger serial(SecureRandom random) {
        return new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS);
    }
}
