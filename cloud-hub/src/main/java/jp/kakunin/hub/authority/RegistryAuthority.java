package jp.kakunin.hub.authority;

import java.security.PrivateKey;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.domain.Fact.EvidenceFlaw;
import jp.kakunin.domain.TreatmentMonth;

/// An authority that answers from a registry on the hub's own disk. It finds people by the serial number of the card's
/// certificate, and says what is known today.
public final class RegistryAuthority implements Authority {
    private final Registry registry;
    private final PrivateKey attachmentKey;
    private final InstantSource clock;

    /// @param attachmentKey the X25519 key to whose public half edges seal their card evidence
    public RegistryAuthority(Registry registry, PrivateKey attachmentKey, InstantSource clock) {
        this.registry = registry;
        this.attachmentKey = attachmentKey;
        this.clock = clock;
    }

    @Override
    public Set<Capability> capabilities() {
        return EnumSet.allOf(Capability.class);
    }

    @Override
    public CompletableFuture<AuthorityResult> ask(Inquiry inquiry) {
        return CompletableFuture.completedFuture(answer(inquiry));
    }

    private AuthorityResult answer(Inquiry inquiry) {
        Instant now = clock.instant();
        LocalDate today = TreatmentMonth.dateAt(now);
        return switch (inquiry) {
            case Inquiry.ByNumber byNumber ->
                new AuthorityResult.Answered(inquiry.asOf(), now, registry.byNumber(byNumber, today));
            case Inquiry.ByCard byCard -> {
                CardInHand card;
                try {
                    card = CardInHand.open(attachmentKey, byCard);
                } catch (CardInHand.UnusableException e) {
                    yield e.result();
                }
                if (!card.isFor(byCard.check(), byCard.clinic(), byCard.asOf())) {
                    yield new AuthorityResult.Unusable(EvidenceFlaw.SIGNATURE_WRONG);
                }
                yield new AuthorityResult.Answered(
                        inquiry.asOf(),
                        now,
                        registry.byCard(card.certificate().getSerialNumber(), byCard.asOf(), today));
            }
        };
    }

    @Override
    public void close() {
        registry.close();
    }
}
