package jp.kakunin.edge.identity;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import jp.kakunin.domain.DeviceId;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.edge.disk.ProtectionException;
import jp.kakunin.edge.disk.SecretFiles;

/// What `DIR/edge/identity` holds.
///
/// @param authorityKey X25519; card evidence is sealed to it
/// @param secrets opens what holds keys
public record EdgeIdentity(
        DeviceId device,
        URI hub,
        PublicKey authorityKey,
        List<Clinic> clinics,
        Path deviceKey,
        Path deviceCertificate,
        Path hubCertificates,
        SecretFiles secrets) {
    private static final int PATIENT_KEY_BYTES = 32;
    private static final int CLINICS_MAX = 2;

    public EdgeIdentity {
        clinics = List.copyOf(clinics);
    }

    /// A clinic of this site and its key for the ids of card patients.
    public record Clinic(InstitutionCode code, String name, byte[] patientKey) {
        @Override
        public String toString() {
            return "Clinic[" + code + "]";
        }
    }

    public List<InstitutionCode> clinicCodes() {
        return clinics.stream().map(Clinic::code).toList();
    }

    /// When the device's certificate ends.
    public Instant certificateEnd() {
        return certificate().getNotAfter().toInstant();
    }

    /// @throws IdentityException naming what is missing or wrong, and the remedy
    public static EdgeIdentity read(Path directory) {
        return read(directory, SecretFiles.ofSystem());
    }

    static EdgeIdentity read(Path directory, SecretFiles secrets) {
        Path file = directory.resolve(IdentityFiles.PROPERTIES);
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(secrets.readText(file)));
        } catch (ProtectionException e) {
            throw new IdentityException(file + " cannot be read: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new IdentityException(file + " cannot be read: run `hub enrol` for this device first", e);
        }
        var fields = new Fields(file, properties);
        return new EdgeIdentity(
                fields.parsed("device", DeviceId::parse),
                fields.parsed("hub", EdgeIdentity::https),
                fields.parsed("authority.key", EdgeIdentity::x25519),
                clinics(fields),
                existing(directory, fields.textOr(IdentityFiles.KEY, "device-key.pem")),
                existing(directory, fields.textOr(IdentityFiles.CERTIFICATE, "device-cert.pem")),
                existing(directory, fields.textOr(IdentityFiles.AUTHORITIES, "hub-ca.pem")),
                secrets);
    }

    /// The certificate of this device, as the hub signed it.
    public X509Certificate certificate() {
        try (InputStream file = Files.newInputStream(deviceCertificate)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(file);
        } catch (IOException | GeneralSecurityException e) {
            throw new IdentityException(
                    deviceCertificate + " is no certificate: activate this device again (`edge activate`)", e);
        }
    }

    /// The file of the device's key, as it was before the system protected it.
    public String deviceKeyPem() throws IOException {
        return secrets.readText(deviceKey);
    }

    /// The key of [#certificate].
    public PrivateKey signingKey() {
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(deviceKeyPem().replaceAll("-----[A-Z ]+-----", ""));
            return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (IOException | GeneralSecurityException e) {
            throw new IdentityException(deviceKey + " is no key: activate this device again (`edge activate`)", e);
        }
    }

    private static List<Clinic> clinics(Fields fields) {
        List<Clinic> clinics = new ArrayList<>();
        for (InstitutionCode code : fields.parsed("clinics", EdgeIdentity::codes)) {
            String prefix = "clinic." + code;
            clinics.add(new Clinic(
                    code, fields.text(prefix + ".name"), fields.parsed(prefix + ".key", EdgeIdentity::patientKey)));
        }
        return clinics;
    }

    private static List<InstitutionCode> codes(String text) {
        List<InstitutionCode> codes = new ArrayList<>();
        for (String code : text.split(",", CLINICS_MAX + 1)) {
            codes.add(new InstitutionCode(code.strip()));
        }
        if (codes.size() > CLINICS_MAX) {
            throw new IllegalArgumentException("a site has at most " + CLINICS_MAX + " clinics");
        }
        return codes;
    }

    private static byte[] patientKey(String hex) {
        byte[] key = HexFormat.of().parseHex(hex);
        if (key.length != PATIENT_KEY_BYTES) {
            throw new IllegalArgumentException("the key must have " + PATIENT_KEY_BYTES + " bytes");
        }
        return key;
    }

    private static URI https(String text) {
        URI uri = URI.create(text);
        if (!"https".equals(uri.getScheme()) || uri.getHost() == null) {
            throw new IllegalArgumentException("must be like https://hub.example:8443");
        }
        return uri;
    }

    private static PublicKey x25519(String base64) {
        try {
            byte[] encoded = Base64.getDecoder().decode(base64);
            return KeyFactory.getInstance("X25519").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("must be an X25519 public key", e);
        }
    }

    private static Path existing(Path directory, String name) {
        Path file = directory.resolve(name);
        if (!Files.isReadable(file)) {
            throw new IdentityException(
                    file + " is missing or not readable: run `hub enrol` for this device again", null);
        }
        return file;
    }
}
