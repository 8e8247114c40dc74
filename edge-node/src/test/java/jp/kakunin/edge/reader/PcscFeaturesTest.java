package jp.kakunin.edge.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PcscFeaturesTest {
    @ParameterizedTest
    @CsvSource({
        "0A0400000100, YES",
        "0102000A0A0400000100, YES",
        "0A0400000000, NO",
        "0A0405010000, YES",
        "0102000A, UNKNOWN",
        "0AFF00, UNKNOWN",
        "'', UNKNOWN"
    })
    void the_longest_command_of_a_reader_is_found_among_its_properties(String hex, ExtendedApdu expected) {
        assertThat(PcscFeatures.fromProperties(ByteBuffer.wrap(HexFormat.of().parseHex(hex))))
                .isEqualTo(expected);
    }
}
