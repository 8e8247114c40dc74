package jp.kakunin.hub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import jp.kakunin.exchange.Limits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CarriedFileTest {
    @TempDir
    private Path stick;

    @Test
    void a_sealed_file_is_taken_as_it_is() throws IOException {
        Path file = Files.write(stick.resolve("a.sealed"), new byte[] {1, 2});

        assertThat(of(file)).singleElement().satisfies(carried -> {
            assertThat(carried.name()).isEqualTo(file.toString());
            assertThat(carried.bytes()).containsExactly(1, 2);
            assertThat(carried.error()).isEmpty();
        });
    }

    @Test
    void a_zip_gives_each_of_its_files() throws IOException {
        List<CarriedFile> carried = of(Files.write(stick.resolve("x.zip"), zip(new byte[] {1}, new byte[] {2, 3})));

        assertThat(carried).extracting(each -> each.bytes().length).containsExactly(1, 2);
        assertThat(carried).extracting(CarriedFile::name).allMatch(name -> name.contains("x.zip/"));
    }

    @Test
    void one_that_was_cut_off_gives_what_is_whole_and_says_so() throws IOException {
        byte[] zip = zip(new byte[] {1}, new byte[30_000]);

        List<CarriedFile> carried = of(Files.write(stick.resolve("x.zip"), Arrays.copyOf(zip, 20_000)));

        assertThat(carried).hasSize(2);
        assertThat(carried.getFirst().error()).isEmpty();
        assertThat(carried.getLast().error()).contains("DAMAGED", "copy it from the stick again");
    }

    @Test
    void P8_more_than_a_sealed_export_may_have_is_not_read() throws IOException {
        byte[] large = new byte[Limits.EXPORT_BYTES_MAX + 1];

        assertThat(of(Files.write(stick.resolve("a.sealed"), large)))
                .singleElement()
                .satisfies(each -> assertThat(each.error()).contains("TOO_LARGE"));
        assertThat(of(Files.write(stick.resolve("x.zip"), zip(large, new byte[1]))))
                .singleElement()
                .satisfies(each -> assertThat(each.error()).contains("TOO_LARGE"));
    }

    @Test
    void a_zip_cut_off_between_two_files_is_damaged() throws IOException {
        byte[] zip = zip(new byte[] {1, 2}, new byte[] {3});
        String text = new String(zip, StandardCharsets.ISO_8859_1);
        int second = text.indexOf("PK\003\004", 4);
        Path cut = Files.write(stick.resolve("cut.zip"), Arrays.copyOf(zip, second));

        List<CarriedFile> carried = of(cut);
        assertThat(carried).hasSize(2);
        assertThat(carried.getFirst().bytes()).containsExactly(1, 2);
        assertThat(carried.getLast().error()).startsWith("DAMAGED");
    }

    @Test
    void a_file_that_is_not_there_is_said_to_be_so() {
        assertThat(of(stick.resolve("none")))
                .singleElement()
                .satisfies(each -> assertThat(each.error()).contains("is the stick plugged in"));
    }

    private static List<CarriedFile> of(Path file) {
        List<CarriedFile> carried = new ArrayList<>();
        CarriedFile.each(file, carried::add);
        return carried;
    }

    private static byte[] zip(byte[]... files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setLevel(0);
            int name = 0;
            for (byte[] file : files) {
                zip.putNextEntry(new ZipEntry(++name + ".sealed"));
                zip.write(file);
            }
        }
        return bytes.toByteArray();
    }
}
