package jp.kakunin.edge.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

final class SheetTest {
    @Test
    void widths_spaces_and_dashes_do_not_matter() throws TroubleException {
        Sheet sheet = Sheet.typed(" １３８０００００１６ ", "ｗ0000001", " abcd-efgh ", "１２３４ー5678 ９０12");

        assertThat(sheet.clinic()).hasToString("1380000016");
        assertThat(sheet.id()).isEqualTo("W0000001");
        assertThat(sheet.password()).isEqualTo("abcd-efgh");
        assertThat(sheet.code()).isEqualTo("123456789012");
        for (String code : new String[] {"1234-5678-9012", "1234 5678 9012", "1234−5678−9012", "1234–5678—9012"}) {
            assertThat(Sheet.typed("1380000016", "W0000001", "x", code).code()).isEqualTo("123456789012");
        }
        assertThat(sheet.toString()).doesNotContain("abcd", "1234");
    }

    @Test
    void the_first_field_that_cannot_be_is_named() {
        Map<ThrowingCallable, Trouble> wrong = Map.of(
                () -> Sheet.typed("138", "", "", ""), Trouble.INSTITUTION_CODE,
                () -> Sheet.typed("1380000016", "1", "", ""), Trouble.ID,
                () -> Sheet.typed("1380000016", "W0000001", " ", ""), Trouble.PASSWORD,
                () -> Sheet.typed("1380000016", "W0000001", "x", "1234-5678-901"), Trouble.CODE,
                () -> Sheet.hub("http://hub.example"), Trouble.HUB_ADDRESS,
                () -> Sheet.hub("https://hub.example/path"), Trouble.HUB_ADDRESS,
                () -> Sheet.hub("two words"), Trouble.HUB_ADDRESS,
                () -> Sheet.check("ABCD"), Trouble.HUB_CHECK);
        wrong.forEach((call, trouble) -> assertThatThrownBy(call)
                .isInstanceOf(TroubleException.class)
                .hasMessage(trouble.code() + " " + trouble));
    }

    @Test
    void the_scheme_of_the_hub_may_be_left_out() throws TroubleException {
        assertThat(Sheet.hub("ｈub.example:8443/")).hasToString("https://hub.example:8443");
        assertThat(Sheet.hub("https://hub.example:8443")).hasToString("https://hub.example:8443");
    }
}
