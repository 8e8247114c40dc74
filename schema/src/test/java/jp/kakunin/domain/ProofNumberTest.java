package jp.kakunin.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ProofNumberTest {
    private static final long CODE_MAX = 0xFF_FFFF_FFFFL;
    private static final String ALPHABET = "3479ABCDEFGHJKMNPRTWXYZ";

    static Stream<ProofNumber> numbers() {
        var random = new Random(1);
        return Stream.concat(
                Stream.of(new ProofNumber(0, 0), new ProofNumber(-1, CODE_MAX), new ProofNumber(1, 0x80_0000_0000L)),
                Stream.generate(() -> new ProofNumber(random.nextInt(), random.nextLong() & CODE_MAX))
                        .limit(20));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void is_written_in_three_groups_and_read_as_it_was_typed(ProofNumber number) {
        String text = number.toString();

        assertThat(text).matches("[" + ALPHABET + "]{6}(-[" + ALPHABET + "]{6}){2}");
        for (String typed : List.of(
                text, text.toLowerCase(Locale.ROOT), text.replace("-", ""), " " + text.replace('-', ' ') + "\n")) {
            assertThat(ProofNumber.parse(typed)).isEqualTo(number);
        }
        assertThat(ProofNumber.fromBytes(number.bytes())).isEqualTo(number);
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void every_single_wrong_character_is_noticed(ProofNumber number) {
        String text = number.toString().replace("-", "");
        for (int at = 0; at < text.length(); at++) {
            for (int o = 0; o < ALPHABET.length(); o++) {
                char other = ALPHABET.charAt(o);
                if (other != text.charAt(at)) {
                    assertRefused(text.substring(0, at) + other + text.substring(at + 1));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void two_characters_that_changed_places_are_noticed(ProofNumber number) {
        String text = number.toString().replace("-", "");
        for (int a = 0; a < text.length(); a++) {
            for (int b = a + 1; b < text.length(); b++) {
                if (text.charAt(a) != text.charAt(b)) {
                    char[] swapped = text.toCharArray();
                    swapped[a] = text.charAt(b);
                    swapped[b] = text.charAt(a);
                    assertRefused(new String(swapped));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "333333-333333-33333",
                "333333-333333-3333333",
                "333333-333333-33333O",
                "ＡＢＣＤＥＦ-333333-333333"
            })
    void what_cannot_be_a_number_is_refused_with_the_alphabet(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ProofNumber.parse(text))
                .withMessageContaining(ALPHABET);
    }

    /// All characters the highest: more than nine bytes hold.
    @Test
    void a_number_too_large_is_refused_although_its_check_character_fits() {
        String body = "Z".repeat(17);
        long fitting =
                ALPHABET.chars().filter(check -> parses(body + (char) check)).count();

        assertThat(fitting).isZero();
    }

    @Test
    void has_a_code_of_forty_bits_and_nine_bytes() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ProofNumber(0, CODE_MAX + 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new ProofNumber(0, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> ProofNumber.fromBytes(new byte[8]));
        assertThatCode(() -> new ProofNumber(0, CODE_MAX)).doesNotThrowAnyException();
    }

    private static boolean parses(String text) {
        try {
            ProofNumber.parse(text);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static void assertRefused(String text) {
        assertThatIllegalArgumentException()
                .as(text)
                .isThrownBy(() -> ProofNumber.parse(text))
                .withMessageContaining("check character");
    }
}
