package jp.kakunin.load.replay;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Properties;
import jp.kakunin.domain.InstitutionCode;

/// What enrolment gave a device: its folder with key and certificates, its clinic and where its hub is.
public record DeviceIdentity(Path folder, URI hub, InstitutionCode clinic, PublicKey authority) {
    public static DeviceIdentity read(Path folder) throws IOException {
        Properties properties = new Properties();
        Path file = folder.resolve("identity.properties");
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        try {
            byte[] key = Base64.getDecoder().decode(properties.getProperty("authority.key", ""));
            return new DeviceIdentity(
                    folder,
                    URI.create(properties.getProperty("hub", "")),
                    new InstitutionCode(properties.getProperty("clinics", "")),
                    KeyFactory.getInstance("X25519").generatePublic(new X509EncodedKeySpec(key)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException(file + " is not the identity of a device of one clinic: " + e.getMessage(), e);
        }
    }
}
