package jp.kakunin.edge;

import java.security.PublicKey;
import java.time.LocalDate;
import jp.kakunin.codec.AttachmentCodec;
import jp.kakunin.codec.CardAttachment;
import jp.kakunin.codec.CardEvidence;
import jp.kakunin.codec.SealedBox;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Ids;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.edge.desk.Sealing;
import org.jspecify.annotations.Nullable;

/// Seals card evidence to the authority's key; neither this edge nor the hub can open it again.
final class AuthoritySealing implements Sealing {
    private final PublicKey authority;

    AuthoritySealing(PublicKey authority) {
        this.authority = authority;
    }

    @Override
    public byte[] signedContent(CheckId check, InstitutionCode clinic, LocalDate treatmentDate) {
        return CardEvidence.signedContent(check, clinic, treatmentDate);
    }

    @Override
    public byte[] seal(CheckId check, byte[] certificate, byte @Nullable [] signature) {
        byte[] plain = AttachmentCodec.encode(new CardAttachment(check, certificate, signature));
        return SealedBox.seal(authority, plain, Ids.bytes(check.value()));
    }
}
