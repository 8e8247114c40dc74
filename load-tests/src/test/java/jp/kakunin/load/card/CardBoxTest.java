package jp.kakunin.load.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import jp.kakunin.edge.reader.CardInspection;
import jp.kakunin.edge.reader.PortCardReader;
import jp.kakunin.edge.reader.ReaderOptions;
import jp.kakunin.edge.reader.ReaderOptions.ExtendedReads;
import jp.kakunin.edge.reader.ReaderState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CardBoxTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

    @TempDir
    Path folder;

    private CardBox open(Instant now) throws IOException {
        return CardBox.open(folder, InstantSource.fixed(now), new SecureRandom());
    }

    private X509Certificate stored(String name) throws IOException {
        return CardFile.read(folder.resolve("card-" + name + ".p12")).certificate();
    }

    @ParameterizedTest
    @EnumSource(DemoCard.class)
    void the_documented_serial_number_follows_from_the_name(DemoCard card) {
        assertThat(DemoCard.serialOf(card.cardName()).toString(16)).isEqualToIgnoringCase(card.serialHex());
    }

    @Test
    void a_card_stays_the_same_over_restarts() throws IOException {
        open(NOW).card("hanako");
        X509Certificate first = stored("hanako");

        open(NOW.plus(Duration.ofDays(30))).card("hanako");

        assertThat(stored("hanako")).isEqualTo(first);
        assertThat(first.getSerialNumber().toString(16)).isEqualToIgnoringCase(DemoCard.HANAKO.serialHex());
    }

    @Test
    void a_new_authority_issues_the_old_cards_anew() throws IOException {
        open(NOW).card("hanako");
        X509Certificate first = stored("hanako");
        Files.delete(folder.resolve("authority.p12"));

        CardBox box = open(NOW);
        box.card("hanako");

        assertThat(stored("hanako")).isNotEqualTo(first);
        assertThat(box.authority().issued(stored("hanako"))).isTrue();
    }

    @Test
    void a_card_that_shall_be_expired_stays_freshly_expired() throws IOException {
        open(NOW).card("expired");

        Instant later = NOW.plus(Duration.ofDays(300));
        open(later).card("expired");

        assertThat(stored("expired").getNotAfter().toInstant())
                .isBefore(later)
                .isAfter(later.minus(Duration.ofDays(60)));
    }

    @Test
    void its_certificate_has_the_shape_of_user_authentication_and_the_published_issuer()
            throws IOException, CertificateException, java.security.GeneralSecurityException {
        CardBox box = open(NOW);
        box.card("taro");
        X509Certificate leaf = stored("taro");

        assertThat(leaf.getSubjectX500Principal().getName()).matches("CN=[A-Z0-9]{22},C=JP");
        assertThat(leaf.getIssuerX500Principal().getName()).contains("O=JPKI-TEST");
        try (InputStream pem = Files.newInputStream(box.authorityPem())) {
            leaf.verify(CertificateFactory.getInstance("X.509")
                    .generateCertificate(pem)
                    .getPublicKey());
        }
    }

    @Test
    void the_demonstration_cards_show_what_they_are_for() throws IOException {
        CardBox box = open(NOW);
        InProcessReader slot = new InProcessReader("memory");
        try (PortCardReader reader =
                PortCardReader.start(slot, new ReaderOptions("", ExtendedReads.NEVER, 2_000, 500, 5))) {
            assertThat(inspected(slot, reader, box.card("blocked")).triesLeft()).isZero();
            assertThat(inspected(slot, reader, box.card("lasttry")).triesLeft()).isEqualTo(1);
            assertThat(inspected(slot, reader, box.card("anybody-7")).triesLeft())
                    .isEqualTo(3);
            slot.insert(box.card("foreign"));
            Conditions.awaitState(reader, ReaderState.NOT_A_MY_NUMBER_CARD);
        }
    }

    private static CardInspection.Inspected inspected(InProcessReader slot, PortCardReader reader, VirtualCard card) {
        slot.remove();
        Conditions.awaitState(reader, ReaderState.EMPTY);
        slot.insert(card);
        Conditions.awaitState(reader, ReaderState.CARD);
        return (CardInspection.Inspected) Conditions.join(reader.inspect());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../up", "Hanako", "a b", "0123456789012345678901234567890123"})
    void a_name_that_is_no_file_name_is_refused(String name) throws IOException {
        CardBox box = open(NOW);

        assertThatThrownBy(() -> box.card(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_damaged_card_file_says_what_to_do() throws IOException {
        open(NOW);
        Files.writeString(folder.resolve("authority.p12"), "broken");

        assertThatThrownBy(() -> open(NOW))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("authority.p12")
                .hasMessageContaining("delete it");
    }
}
