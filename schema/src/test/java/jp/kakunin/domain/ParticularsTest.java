package jp.kakunin.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ParticularsTest {
    private static final String LONGEST = "町".repeat(Particulars.TEXT_CHARS_MAX);

    @Test
    void texts_up_to_the_limit_are_kept_and_longer_ones_refused_each_by_itself() {
        assertThat(texts(LONGEST, LONGEST, LONGEST, LONGEST).address()).isEqualTo(LONGEST);
        String longer = LONGEST + "町";
        assertThatThrownBy(() -> texts(longer, "", "", "")).hasMessageContaining("200 characters");
        assertThatThrownBy(() -> texts("", longer, "", "")).hasMessageContaining("200 characters");
        assertThatThrownBy(() -> texts("", "", longer, "")).hasMessageContaining("200 characters");
        assertThatThrownBy(() -> texts("", "", "", longer)).hasMessageContaining("200 characters");
    }

    @Test
    void half_an_address_is_not_told() {
        assertThat(Particulars.told(LONGEST)).isEqualTo(LONGEST);
        assertThat(Particulars.told(LONGEST + "町")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20, 100})
    void a_share_is_a_percentage(int percent) {
        assertThat(share(percent).elderlyPercent()).isEqualTo(percent);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 101})
    void what_is_no_percentage_is_no_share(int percent) {
        assertThatThrownBy(() -> share(percent)).hasMessageContaining("0 to 100");
    }

    @Test
    void codes_are_those_of_the_authority() {
        for (Particulars.Relation each : Particulars.Relation.values()) {
            assertThat(Particulars.Relation.of(each.code())).isEqualTo(each);
        }
        for (Particulars.Sex each : Particulars.Sex.values()) {
            assertThat(Particulars.Sex.of(each.code())).isEqualTo(each);
        }
        assertThat(Particulars.Relation.FAMILY.code()).isEqualTo("2");
        assertThat(Particulars.Sex.NOT_SET.code()).isEqualTo("3");
        assertThat(Particulars.Relation.of("9")).isNull();
        assertThat(Particulars.Sex.of("9")).isNull();
    }

    @Test
    void nothing_of_it_gets_into_a_log() {
        assertThat(texts("1000001", "千代田区", "", "")).hasToString("Particulars[redacted]");
    }

    private static Particulars texts(String post, String address, String insurer, String insured) {
        return new Particulars(post, address, insurer, insured, null, null, false, null);
    }

    private static Particulars share(int percent) {
        return new Particulars("", "", "", "", null, null, false, percent);
    }
}
