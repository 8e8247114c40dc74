package jp.kakunin.hub.console;

import static org.assertj.core.api.Assertions.assertThat;

import jp.kakunin.domain.Deadline;
import jp.kakunin.domain.DueState;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.domain.Forecast;
import jp.kakunin.domain.Stage;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.exchange.DeviceReport.ReaderCondition;
import org.junit.jupiter.api.Test;

final class TextsTest {
    @Test
    void every_text_exists_in_both_languages() {
        assertThat(Texts.in(Language.EN).keySet())
                .isEqualTo(Texts.in(Language.JA).keySet());
    }

    @Test
    void every_state_has_a_word() {
        for (Language language : Language.values()) {
            for (var state : ClinicRow.State.values()) {
                assertThat(Texts.text(language, "state." + state)).isNotBlank();
            }
            for (var reader : ReaderCondition.values()) {
                assertThat(Texts.text(language, "reader." + reader)).isNotBlank();
            }
            for (var due : DueState.values()) {
                assertThat(Texts.text(language, "due." + due)).isNotBlank();
            }
            for (var stage : Stage.values()) {
                assertThat(Texts.text(language, "stage." + stage)).isNotBlank();
            }
            for (var kind : Deadline.Kind.values()) {
                assertThat(Texts.text(language, "deadline." + kind, "2026-11-30"))
                        .contains("2026-11-30");
            }
            for (var forecast : Forecast.values()) {
                assertThat(Texts.text(language, "forecast." + forecast)).isNotBlank();
            }
            for (var reason : QuarantineReason.values()) {
                assertThat(Texts.text(language, "reason." + reason)).isNotBlank();
                assertThat(Texts.text(language, "remedy." + reason)).isNotBlank();
            }
            for (var kind : VisitKind.values()) {
                assertThat(Texts.text(language, "kind." + kind)).isNotBlank();
            }
        }
    }
}
