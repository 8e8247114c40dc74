package jp.kakunin.load.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

final class PortNumberTest {
    /// It once started a hub first and failed then.
    @ParameterizedTest
    @ValueSource(strings = {"--exchange-port", "--console-port", "--desk-port"})
    void up_refuses_an_impossible_port_before_it_starts_anything(String option) {
        var said = new StringWriter();

        int code =
                new CommandLine(new UpCommand()).setErr(new PrintWriter(said)).execute(option, "99999");

        assertThat(code).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(said.toString()).contains(option).contains("a port must be 0 to 65535, was 99999");
    }

    @Test
    void a_port_is_a_number_in_its_range() {
        assertThat(new PortNumber().convert("0")).isZero();
        assertThat(new PortNumber().convert("65535")).isEqualTo(65_535);
        for (String wrong : new String[] {"-1", "65536", "eighty", ""}) {
            assertThatThrownBy(() -> new PortNumber().convert(wrong)).isInstanceOf(TypeConversionException.class);
        }
    }
}
