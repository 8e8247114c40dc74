package jp.kakunin.edge.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LanTest {
    @TempDir
    Path folder;

    private final SecureRandom random = new SecureRandom();

    @Test
    void an_address_is_asked_for_exactly() {
        LanAddress address = LanAddress.parse("192.168.1.10");

        assertThat(address.url()).isEqualTo("https://192.168.1.10:8711/");
        assertThat(address.isAskedFor("192.168.1.10:8711")).isTrue();
        for (String host :
                new String[] {"192.168.1.10", "192.168.1.10:8710", "192.168.1.100:8711", "evil.example:8711"}) {
            assertThat(address.isAskedFor(host)).as(host).isFalse();
        }
        assertThat(address.isAskedFor(null)).isFalse();
        assertThat(LanAddress.parse("Uketsuke.local:443").isAskedFor("uketsuke.local"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0.0.0.0",
                "0.0.0.0:8711",
                "224.0.0.1",
                "255.255.255.255",
                "1.2.3",
                "1.2.3.256",
                "010.1.1.1",
                "::",
                "[::1]:8711",
                "a b",
                "192.168.1.10:0",
                "192.168.1.10:99999",
                "http://a",
                "-a",
                "a:b"
            })
    void what_is_not_one_address_is_refused_with_its_option(String text) {
        assertThatThrownBy(() -> LanAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--lan");
    }

    @Test
    void minutes_have_a_range() {
        assertThatThrownBy(() -> DoorOptions.of(0, null)).hasMessageContaining("--lock-after");
        assertThatThrownBy(() -> DoorOptions.of(481, null)).hasMessageContaining("--lock-after");
    }

    @Test
    void the_certificate_is_made_once_for_an_address_and_its_key_is_private() throws IOException {
        LanAddress address = LanAddress.parse("192.168.1.10");
        LanCertificate made = LanCertificate.openOrMake(folder, address, random);

        assertThat(made.fingerprint()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
        assertThat(made.toString()).doesNotContain("PRIVATE");
        assertThat(LanCertificate.openOrMake(folder, address, random).fingerprint())
                .isEqualTo(made.fingerprint());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("key.pem"))))
                .isEqualTo("rw-------");
        assertThat(LanCertificate.openOrMake(folder, LanAddress.parse("uketsuke.local"), random)
                        .fingerprint())
                .isNotEqualTo(made.fingerprint());
    }

    @Test
    void a_broken_certificate_is_made_anew() throws IOException {
        LanAddress address = LanAddress.parse("192.168.1.10");
        String before = LanCertificate.openOrMake(folder, address, random).fingerprint();
        Files.writeString(folder.resolve("cert.pem"), "nonsense");

        assertThat(LanCertificate.openOrMake(folder, address, random).fingerprint())
                .isNotEqualTo(before);
    }
}
