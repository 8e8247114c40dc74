package jp.kakunin.keys;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.XECPrivateKey;
import java.security.interfaces.XECPublicKey;
import java.util.HexFormat;
import java.util.Objects;
import jp.kakunin.domain.TreatmentMonth;
import org.junit.jupiter.api.Test;

/// The pair of a month, to which devices seal what is carried by hand.
final class ExportKeysTest {
    private static final TreatmentMonth MONTH = TreatmentMonth.of(2026, 11);

    private final MemoryVault vault = new MemoryVault();

    /// Bob of RFC 7748, section 6.1.
    @Test
    void the_public_half_belongs_to_the_secret() {
        KeyPair pair =
                X25519.of(HexFormat.of().parseHex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"));

        String littleEndian = "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f";
        StringBuilder bigEndian = new StringBuilder();
        for (int i = littleEndian.length(); i > 0; i -= 2) {
            bigEndian.append(littleEndian, i - 2, i);
        }
        assertThat(((XECPublicKey) pair.getPublic()).getU().toString(16)).isEqualTo(bigEndian.toString());
    }

    @Test
    void the_pair_is_the_same_after_a_restart() {
        KeyPair before = pair(open());

        assertThat(pair(open()).getPublic()).isEqualTo(before.getPublic());
        assertThat(scalar(pair(open()))).isEqualTo(scalar(before));
    }

    @Test
    void each_month_has_another() {
        MonthKeys keys = open();

        assertThat(pair(keys).getPublic())
                .isNotEqualTo(Objects.requireNonNull(keys.of(MONTH.next()))
                        .exportKeys()
                        .getPublic());
    }

    @Test
    void P4_it_is_gone_with_the_key_of_the_month() {
        MonthKeys keys = open();
        KeyPair before = pair(keys);

        keys.destroy(MONTH);

        assertThat(keys.of(MONTH)).isNull();
        assertThat(open().of(MONTH)).isNull();
        assertThat(vault.names())
                .allSatisfy(name -> assertThat(new String(Objects.requireNonNull(vault.read(name)), ISO_8859_1))
                        .doesNotContain(new String(scalar(before), ISO_8859_1)));
    }

    private MonthKeys open() {
        return MonthKeys.open(vault, new SecureRandom());
    }

    private static KeyPair pair(MonthKeys keys) {
        return Objects.requireNonNull(keys.of(MONTH)).exportKeys();
    }

    private static byte[] scalar(KeyPair pair) {
        return ((XECPrivateKey) pair.getPrivate()).getScalar().orElseThrow();
    }
}
