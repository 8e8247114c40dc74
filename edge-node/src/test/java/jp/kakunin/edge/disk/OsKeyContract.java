package jp.kakunin.edge.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every [OsKey] does. To be run on Windows for the one that is there.
public abstract class OsKeyContract {
    private static final byte[] SECRET = "kakunin: 32 bytes of a month key".getBytes(StandardCharsets.US_ASCII);

    private OsKey key;

    protected OsKeyContract() {}

    protected abstract OsKey newKey();

    @BeforeEach
    void make() {
        key = newKey();
    }

    /// The same account on another PC, or another account.
    protected abstract OsKey strange();

    @Test
    void what_it_protected_comes_back_and_says_nothing_meanwhile() throws ProtectionException {
        byte[] made = key.protect(SECRET);
        assertThat(new String(made, StandardCharsets.ISO_8859_1)).doesNotContain("month key");
        assertThat(key.unprotect(made)).isEqualTo(SECRET);
    }

    @Test
    void a_large_secret_comes_back_too_and_is_not_to_be_read() throws ProtectionException {
        byte[] large = new byte[100_000];
        new Random(5).nextBytes(large);
        byte[] made = key.protect(large);
        assertThat(made).isNotEqualTo(large);
        assertThat(key.unprotect(made)).isEqualTo(large);
    }

    @Test
    void somebody_else_opens_nothing() {
        byte[] made = key.protect(SECRET);
        assertThatThrownBy(() -> strange().unprotect(made)).isInstanceOf(ProtectionException.class);
    }

    @Test
    void a_byte_that_changed_is_noticed() {
        byte[] made = key.protect(SECRET);
        made[made.length - 1] ^= 1;
        assertThatThrownBy(() -> key.unprotect(made)).isInstanceOf(ProtectionException.class);
    }

    @Test
    void what_it_never_made_is_refused() {
        assertThatThrownBy(() -> key.unprotect(SECRET)).isInstanceOf(ProtectionException.class);
    }
}
