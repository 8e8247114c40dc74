package jp.kakunin.edge.identity;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import jp.kakunin.domain.Digest;
import jp.kakunin.edge.disk.PrivateFile;
import jp.kakunin.edge.disk.SecretFiles;

/// Writes the identity folder. Key and certificate get names of their own each time, and `identity.properties`, written
/// last and as a whole, says which are in force: whenever the power fails, the folder holds one usable identity.
public final class IdentityFiles {
    static final String PROPERTIES = "identity.properties";
    static final String KEY = "device.key.file";
    static final String CERTIFICATE = "device.certificate.file";
    static final String AUTHORITIES = "hub.authorities.file";

    private static final int NAME_CHARACTERS = 16;

    private final Path folder;
    private final SecretFiles secrets;

    public IdentityFiles(Path folder) {
        this(folder, SecretFiles.ofSystem());
    }

    IdentityFiles(Path folder, SecretFiles secrets) {
        this.folder = folder;
        this.secrets = secrets;
    }

    /// The fields of an identity by their names.
    public static final class Fields {
        private final Properties properties = new Properties();

        public void put(String name, String value) {
            properties.setProperty(name, value);
        }
    }

    public static boolean exist(Path folder) {
        return Files.exists(folder.resolve(PROPERTIES));
    }

    /// A new identity in place of whatever was there.
    public void write(Fields fields, String key, String certificate, String authorities) throws IOException {
        String name = name(certificate);
        String authoritiesFile = "hub-ca-" + name + ".pem";
        PrivateFile.write(folder.resolve(authoritiesFile), authorities);
        fields.put(AUTHORITIES, authoritiesFile);
        swap(fields.properties, key, certificate, name);
    }

    /// The same device with a new key and certificate.
    public void renew(String key, String certificate) throws IOException {
        var properties = new Properties();
        properties.load(new StringReader(secrets.readText(folder.resolve(PROPERTIES))));
        swap(properties, key, certificate, name(certificate));
    }

    private void swap(Properties properties, String key, String certificate, String name) throws IOException {
        String keyFile = "device-key-" + name + ".pem";
        String certificateFile = "device-cert-" + name + ".pem";
        secrets.write(folder.resolve(keyFile), key);
        PrivateFile.write(folder.resolve(certificateFile), certificate);
        properties.setProperty(KEY, keyFile);
        properties.setProperty(CERTIFICATE, certificateFile);
        var text = new StringWriter();
        properties.store(text, null);
        secrets.write(folder.resolve(PROPERTIES), text.toString());
        removeAllBut(Set.of(keyFile, certificateFile, properties.getProperty(AUTHORITIES, "hub-ca.pem")));
    }

    /// What is left over from before, and from attempts that a crash cut short.
    private void removeAllBut(Set<String> inForce) throws IOException {
        List<Path> old;
        try (Stream<Path> files = Files.list(folder)) {
            old = files.filter(file -> {
                        String name = file.getFileName().toString();
                        return name.matches("(device-key|device-cert|hub-ca).*[.]pem") && !inForce.contains(name);
                    })
                    .toList();
        }
        for (Path each : old) {
            PrivateFile.destroy(each);
        }
    }

    private static String name(String certificate) {
        return Digest.of(certificate.getBytes(StandardCharsets.US_ASCII))
                .toString()
                .replaceAll("[^0-9a-f]", "")
                .substring(0, NAME_CHARACTERS);
    }
}
