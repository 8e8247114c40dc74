package jp.kakunin.edge.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.stream.Stream;
import jp.kakunin.edge.disk.MemoryOsKey;
import jp.kakunin.edge.disk.SecretFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EdgeIdentityTest {
    private static final String SECRET = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    @TempDir
    Path directory;

    private String text;

    @BeforeEach
    void as_the_hub_writes_it() throws IOException, GeneralSecurityException {
        byte[] key = KeyPairGenerator.getInstance("X25519")
                .generateKeyPair()
                .getPublic()
                .getEncoded();
        text = """
                device=00000000-0000-4000-8000-000000000001
                hub=https://localhost:8443
                authority.key=%s
                clinics=1380000016,1390000029
                clinic.1380000016.name=はりきゅう院
                clinic.1380000016.key=%s
                clinic.1390000029.name=整骨院
                clinic.1390000029.key=%s
                """.formatted(Base64.getEncoder().encodeToString(key), SECRET, SECRET);
        for (String name : new String[] {"device-key.pem", "device-cert.pem", "hub-ca.pem"}) {
            Files.createFile(directory.resolve(name));
        }
    }

    private EdgeIdentity read(String properties) throws IOException {
        Files.writeString(directory.resolve("identity.properties"), properties);
        return EdgeIdentity.read(directory);
    }

    @Test
    void it_reads_what_enrolment_wrote() throws IOException {
        EdgeIdentity identity = read(text);
        assertThat(identity.hub()).isEqualTo(URI.create("https://localhost:8443"));
        assertThat(identity.clinicCodes()).hasSize(2);
        assertThat(identity.clinics().getFirst().name()).isEqualTo("はりきゅう院");
        assertThat(identity.clinics().getFirst().patientKey()).hasSize(32);
        assertThat(identity.authorityKey().getAlgorithm()).isIn("XDH", "X25519");
    }

    /// Where the system keeps a key for this account: neither the device's key nor those of its clinics lie open.
    @Test
    void what_the_system_protects_is_read_by_its_account_alone() throws IOException {
        Path folder = directory.resolve("protected");
        SecretFiles secrets = SecretFiles.under(new MemoryOsKey());
        IdentityFiles.Fields fields = new IdentityFiles.Fields();
        text.lines().map(line -> line.split("=", 2)).forEach(field -> fields.put(field[0], field[1]));
        IdentityFiles files = new IdentityFiles(folder, secrets);
        files.write(fields, "the first key", "a certificate", "the hub");
        files.renew("the second key", "another certificate");

        EdgeIdentity identity = EdgeIdentity.read(folder, secrets);
        assertThat(identity.deviceKeyPem()).isEqualTo("the second key");
        assertThat(identity.clinicCodes()).hasSize(2);
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all.toList())
                    .hasSize(4)
                    .allSatisfy(file ->
                            assertThat(Files.readAllBytes(file)).asString().doesNotContain(SECRET, "second key"));
        }
        assertThatThrownBy(() -> EdgeIdentity.read(folder, SecretFiles.under(new MemoryOsKey())))
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("another account or PC");
    }

    @Test
    void a_missing_file_says_what_to_do() {
        assertThatThrownBy(() -> EdgeIdentity.read(directory))
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("hub enrol");
    }

    @Test
    void a_wrong_field_is_named_and_its_value_is_not() {
        String wrong = text.replaceFirst(SECRET, "deadbeef");
        assertThatThrownBy(() -> read(wrong))
                .hasMessageContaining("clinic.1380000016.key is not valid")
                .hasMessageNotContaining("deadbeef");
    }

    @Test
    void a_missing_certificate_is_named() throws IOException {
        Files.delete(directory.resolve("hub-ca.pem"));
        assertThatThrownBy(() -> read(text)).hasMessageContaining("hub-ca.pem is missing");
    }

    @Test
    void plain_http_is_not_accepted() {
        assertThatThrownBy(() -> read(text.replace("https:", "http:"))).hasMessageContaining("hub is not valid");
    }
}
