package jp.kakunin.hub.authority;

import static jp.kakunin.hub.testing.Sample.CLINIC;
import static jp.kakunin.hub.testing.Sample.NOW;
import static jp.kakunin.hub.testing.Sample.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.LocalDate;
import java.util.Date;
import jp.kakunin.codec.AttachmentCodec;
import jp.kakunin.codec.CardAttachment;
import jp.kakunin.codec.CardEvidence;
import jp.kakunin.codec.SealedBox;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Fact.EvidenceFlaw;
import jp.kakunin.domain.Ids;
import jp.kakunin.hub.testing.Sample;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RegistryAuthorityTest {
    private final Sample sample = new Sample(11);
    private final CheckId check = sample.ids.check();
    private final KeyPair box = keys("X25519");
    private final KeyPair card = keys("RSA");

    @TempDir
    Path folder;

    RegistryAuthorityTest() throws GeneralSecurityException {}

    private Authority authority() throws IOException {
        Path csv = folder.resolve("registry.csv");
        Files.writeString(
                csv,
                String.join(",", RegistryLine.COLUMNS)
                        + "\n4B01,見本　花子,ミホン　ハナコ,1985-04-12,0113901,9001,101,00,30,2019-04-01,,valid\n",
                StandardCharsets.UTF_8);
        return new RegistryAuthority(Registry.open(csv, folder.resolve("store")), box.getPrivate(), () -> NOW);
    }

    @Test
    void a_card_with_pin_is_found_by_its_serial_number() throws Exception {
        byte[] signature = sign(CardEvidence.signedContent(check, CLINIC, TODAY));

        AuthorityResult result = ask(check, TODAY, seal(check, certificate("4B01"), signature));

        assertThat(result).isInstanceOfSatisfying(AuthorityResult.Answered.class, answered -> {
            assertThat(answered.asOf()).isEqualTo(TODAY);
            assertThat(answered.answeredAt()).isEqualTo(NOW);
            assertThat(answered.answer()).isInstanceOf(Answer.Valid.class);
        });
    }

    @Test
    void a_card_without_pin_needs_no_signature() throws Exception {
        assertThat(ask(check, TODAY, seal(check, certificate("4B02"), null)))
                .isEqualTo(new AuthorityResult.Answered(TODAY, NOW, new Answer.NotFound()));
    }

    @Test
    void a_signature_for_another_day_is_no_evidence() throws Exception {
        byte[] signature = sign(CardEvidence.signedContent(check, CLINIC, TODAY.minusDays(1)));

        assertThat(ask(check, TODAY, seal(check, certificate("4B01"), signature)))
                .isEqualTo(new AuthorityResult.Unusable(EvidenceFlaw.SIGNATURE_WRONG));
    }

    @Test
    void evidence_of_another_check_cannot_be_opened_for_this_one() throws Exception {
        byte[] ofOther = seal(sample.ids.check(), certificate("4B01"), null);

        assertThat(ask(check, TODAY, ofOther)).isEqualTo(new AuthorityResult.Unusable(EvidenceFlaw.NOT_READABLE));
    }

    @Test
    void what_is_no_certificate_is_said_to_be_none() throws Exception {
        assertThat(ask(check, TODAY, seal(check, new byte[] {1, 2, 3}, null)))
                .isEqualTo(new AuthorityResult.Unusable(EvidenceFlaw.NOT_A_CERTIFICATE));
    }

    @Test
    void damaged_evidence_is_not_readable() throws Exception {
        assertThat(ask(check, TODAY, new byte[100])).isEqualTo(new AuthorityResult.Unusable(EvidenceFlaw.NOT_READABLE));
    }

    private AuthorityResult ask(CheckId of, LocalDate asOf, byte[] attachment) throws IOException {
        return authority().ask(new Inquiry.ByCard(of, CLINIC, asOf, attachment)).join();
    }

    private byte[] seal(CheckId of, byte[] certificate, byte @Nullable [] signature) {
        byte[] plain = AttachmentCodec.encode(new CardAttachment(of, certificate, signature));
        return SealedBox.seal(box.getPublic(), plain, Ids.bytes(of.value()));
    }

    private byte[] sign(byte[] content) throws GeneralSecurityException {
        Signature signer = Signature.getInstance("SHA256withRSA");
        signer.initSign(card.getPrivate());
        signer.update(content);
        return signer.sign();
    }

    private byte[] certificate(String serial) throws Exception {
        X500Name name = new X500Name("CN=a test card");
        return new JcaX509v3CertificateBuilder(
                        name,
                        new BigInteger(serial, 16),
                        Date.from(NOW),
                        Date.from(NOW.plusSeconds(3_600)),
                        name,
                        card.getPublic())
                .build(new JcaContentSignerBuilder("SHA256withRSA").build(card.getPrivate()))
                .getEncoded();
    }

    private static KeyPair keys(String algorithm) throws GeneralSecurityException {
        return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    }
}
