package jp.kakunin.edge.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class FormTest {
    @Test
    void fields_are_decoded_and_the_body_is_overwritten() {
        byte[] body = "patientName=%E5%B1%B1%E7%94%B0+%E8%8A%B1&empty=&broken=%zz&pin=12%334"
                .getBytes(StandardCharsets.US_ASCII);

        try (Form form = Form.read(body)) {
            assertThat(form.get("patientName")).isEqualTo("山田 花");
            assertThat(form.get("empty")).isEmpty();
            assertThat(form.get("broken")).isEqualTo("%zz");
            assertThat(form.fields()).doesNotContainKey("pin");
            assertThat(form.takePin()).containsExactly('1', '2', '3', '4');
        }
        assertThat(body).containsOnly(0);
    }

    @Test
    void a_form_has_at_most_so_many_fields() {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            body.append('f').append(i).append("=1&");
        }

        try (Form form = Form.read(body.toString().getBytes(StandardCharsets.US_ASCII))) {
            assertThat(form.fields()).hasSize(Form.FIELDS_MAX);
        }
    }

    @Test
    void json_fields_are_flat_and_the_pin_is_apart() {
        byte[] body = "{\"method\":\"pin\",\"pin\":\"1234\",\"lastTryAccepted\":true,\"kind\":null}"
                .getBytes(StandardCharsets.UTF_8);

        try (JsonFields json = JsonFields.read(body)) {
            if (json == null) {
                throw new AssertionError("not read");
            }
            assertThat(json.fields())
                    .containsOnlyKeys("method", "lastTryAccepted")
                    .containsEntry("lastTryAccepted", "true");
            assertThat(json.takePin()).containsExactly('1', '2', '3', '4');
        }
        assertThat(body).containsOnly(0);
    }

    @Test
    void json_of_another_shape_is_no_request() {
        assertThat(JsonFields.read("[1]".getBytes(StandardCharsets.UTF_8))).isNull();
        assertThat(JsonFields.read("{\"a\":{}}".getBytes(StandardCharsets.UTF_8)))
                .isNull();
        assertThat(JsonFields.read("{".getBytes(StandardCharsets.UTF_8))).isNull();
    }
}
