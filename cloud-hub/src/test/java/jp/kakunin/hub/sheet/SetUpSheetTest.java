package jp.kakunin.hub.sheet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Objects;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.hub.activation.AccountOffice;
import jp.kakunin.hub.activation.AccountOffice.Issued;
import jp.kakunin.hub.disk.HubFolder;
import jp.kakunin.hub.fleet.Clinic;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SetUpSheetTest {
    @TempDir
    Path data;

    @Test
    void all_that_is_to_be_typed_can_be_read_from_it_on_one_page() throws Exception {
        var office = new AccountOffice(
                new HubFolder(data), InstantSource.fixed(Instant.parse("2026-11-22T01:00:00Z")), new SecureRandom());
        var clinic = new Clinic(new InstitutionCode("1380000016"), "さくら接骨院（本院）", LocalDate.of(2026, 11, 22));
        Issued issued = office.create(clinic, null);

        byte[] pdf = SetUpSheet.of(issued, "事務局 0120-000-000");

        Files.write(Path.of("target", "set-up-sheet.pdf"), pdf);
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            String text = new PDFTextStripper().getText(document);
            assertThat(text)
                    .contains("さくら接骨院（本院） 御中")
                    .contains("1380000016")
                    .contains("W0000001")
                    .contains(Objects.requireNonNull(issued.password()))
                    .contains(issued.code().grouped())
                    .contains(issued.check().toString())
                    .contains(issued.hub())
                    .contains("2026年12月22日まで")
                    .contains("うまくいかないとき")
                    .contains("事務局 0120-000-000");
        }
    }
}
