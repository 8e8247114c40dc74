package jp.kakunin.edge.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedCommandsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "00A4040C0AD392F000260100000001",
                "00A4020C02000A",
                "00A4020C020017",
                "00A4020C020018",
                "00200080",
                "002000800431323334",
                "00B0000000",
                "00B07FFF10",
                "00B00000000000",
                "00C00000FF",
                "802A0080333031300D060960864801650304020105000420"
                        + "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F00"
            })
    void the_commands_of_the_jpki_sequence_pass(String hex) {
        assertThat(AllowedCommands.allowed(HexFormat.of().parseHex(hex))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00A4040C0AD3921000310001010402", // card face, holds the 12-digit number
                "00A4040C0AD3921000310001010408", // text of the card face, holds the 12-digit number
                "00A4040C0AD3921000310001010100",
                "00A4040C08A000000151000000",
                "00A4040009D392F0002601000000", // by prefix
                "00A4040C0AD392F00026010000000100",
                "00A4020C020001", // signature certificate
                "00A4020C020002",
                "00A4020C02001A", // signature key
                "00A4020C02001B", // signature password
                "00A4020C020009",
                "00A4020C02000A00",
                "00A4000C02000A",
                "002000980431323334", // names a file by itself
                "0020008006313233343536",
                "002000800431323341",
                "0020008000",
                "0024018004313233343536373800",
                "00D6000001FF",
                "00B08A0000", // by short name of a file
                "00B08A00000000",
                "00B000000001",
                "0084000008",
                "80CA000000",
                "01B0000000", // another logical channel
                "00700080",
                "802A0000333031300D060960864801650304020105000420"
                        + "000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F00",
                "802A008020000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F00",
                "00A4"
            })
    void nothing_else_passes(String hex) {
        assertThat(AllowedCommands.allowed(HexFormat.of().parseHex(hex))).isFalse();
    }

    @Test
    void no_other_file_can_be_selected() {
        for (int file = 0; file <= 0xFFFF; file++) {
            boolean ours = file == 0x000A || file == 0x0017 || file == 0x0018;
            assertThat(AllowedCommands.allowed(Jpki.selectFile(file)))
                    .as("%04X", file)
                    .isEqualTo(ours);
        }
    }

    @Test
    void a_refusal_does_not_repeat_what_may_be_a_pin() {
        byte[] command = HexFormat.of().parseHex("002000980431323334");

        assertThatThrownBy(() -> AllowedCommands.require(command))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("00200098")
                .hasMessageNotContaining("31323334")
                .hasMessageNotContaining("1234");
    }
}
