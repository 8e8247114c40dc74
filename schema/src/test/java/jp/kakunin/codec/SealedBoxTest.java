package jp.kakunin.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class SealedBoxTest {
    private static final byte[] PLAIN = "a certificate and a signature".getBytes(US_ASCII);
    private static final byte[] CONTEXT = "check 1".getBytes(US_ASCII);

    private final KeyPair receiver;

    SealedBoxTest() throws GeneralSecurityException {
        receiver = KeyPairGenerator.getInstance("X25519").generateKeyPair();
    }

    @Test
    void the_receiver_opens_what_was_sealed() {
        byte[] box = SealedBox.seal(receiver.getPublic(), PLAIN, CONTEXT);

        assertThat(box).hasSize(PLAIN.length + SealedBox.OVERHEAD_BYTES).startsWith(1);
        assertThat(SealedBox.open(receiver.getPrivate(), box, CONTEXT)).isEqualTo(PLAIN);
    }

    @Test
    void every_ephemeral_key_survives_its_32_bytes() {
        for (int i = 0; i < 300; i++) {
            byte[] box = SealedBox.seal(receiver.getPublic(), PLAIN, CONTEXT);
            assertThat(SealedBox.open(receiver.getPrivate(), box, CONTEXT)).isEqualTo(PLAIN);
        }
    }

    @Test
    void nobody_else_opens_it() throws GeneralSecurityException {
        byte[] box = SealedBox.seal(receiver.getPublic(), PLAIN, CONTEXT);
        KeyPair other = KeyPairGenerator.getInstance("X25519").generateKeyPair();

        assertThatThrownBy(() -> SealedBox.open(other.getPrivate(), box, CONTEXT))
                .isInstanceOf(MalformedFrameException.class);
    }

    @Test
    void it_does_not_open_for_another_check() {
        byte[] box = SealedBox.seal(receiver.getPublic(), PLAIN, CONTEXT);

        assertThatThrownBy(() -> SealedBox.open(receiver.getPrivate(), box, "check 2".getBytes(US_ASCII)))
                .isInstanceOf(MalformedFrameException.class);
    }

    @Test
    void no_byte_of_it_can_be_changed() {
        byte[] box = SealedBox.seal(receiver.getPublic(), PLAIN, CONTEXT);

        for (int at = 0; at < box.length; at++) {
            byte[] changed = box.clone();
            changed[at] ^= (byte) (1 << at % 8);
            assertThatThrownBy(() -> SealedBox.open(receiver.getPrivate(), changed, CONTEXT))
                    .as("byte %d", at)
                    .isInstanceOf(MalformedFrameException.class);
        }
    }

    @Test
    void a_cut_box_does_not_open() {
        byte[] box = SealedBox.seal(receiver.getPublic(), PLAIN, CONTEXT);

        for (int length = 0; length < box.length; length++) {
            byte[] cut = Arrays.copyOf(box, length);
            assertThatThrownBy(() -> SealedBox.open(receiver.getPrivate(), cut, CONTEXT))
                    .isInstanceOf(MalformedFrameException.class);
        }
    }

    @Test
    void an_ephemeral_key_that_makes_the_secret_guessable_does_not_open() {
        byte[] box = SealedBox.seal(receiver.getPublic(), PLAIN, CONTEXT);
        Arrays.fill(box, 1, 33, (byte) 0);

        assertThatThrownBy(() -> SealedBox.open(receiver.getPrivate(), box, CONTEXT))
                .isInstanceOf(MalformedFrameException.class);
    }

    @Test
    void a_box_of_the_first_version_opens_for_ever() throws GeneralSecurityException {
        byte[] scalar = HexFormat.of().parseHex("77076d0a7318a57d3c16c17251b26645df4cb92a6b17a1ad0f6d8b9c4f2e3a10");
        var key = KeyFactory.getInstance("X25519")
                .generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar));
        byte[] box = GoldenFile.named("sealed-box").bytes();

        assertThat(SealedBox.open(key, box, CONTEXT)).isEqualTo(PLAIN);
    }

    @Test
    void sealing_to_a_key_of_another_kind_is_refused() throws GeneralSecurityException {
        PublicKey rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPublic();

        assertThatThrownBy(() -> SealedBox.seal(rsa, PLAIN, CONTEXT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sealing needs an X25519 public key");
    }
}
