package jp.kakunin.load.authority;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.Coverage;
import jp.kakunin.domain.Fact.EvidenceFlaw;
import jp.kakunin.domain.Insured;
import jp.kakunin.hub.authority.Authority;
import jp.kakunin.hub.authority.AuthorityResult;
import jp.kakunin.hub.authority.Capability;
import jp.kakunin.hub.authority.Inquiry;
import org.jspecify.annotations.Nullable;

/// A good authority made bad in one way.
record FaultyAuthority(Authority good, Fault fault) implements Authority {
    enum Fault {
        DECLARES_TOO_LITTLE,
        ANSWERS_FOR_TODAY,
        SAYS_INVALID_FOR_BAD_EVIDENCE,
        TAKES_THE_FIRST_OF_SEVERAL,
        FORGETS_WHAT_ENDED,
        MIXES_NEWER_EXISTS_AND_INVALID,
        LOSES_LETTERS,
        LOSES_THE_SHARE,
        MIXES_NOT_FOUND_AND_INVALID,
        INVENTS_DATA_FOR_UNREGISTERED,
        SAYS_NO_TO_NUMBERS
    }

    @Override
    public Set<Capability> capabilities() {
        return fault == Fault.DECLARES_TOO_LITTLE ? Set.of(Capability.ASK_NOW) : good.capabilities();
    }

    @Override
    public CompletableFuture<AuthorityResult> ask(Inquiry inquiry) {
        if (fault == Fault.SAYS_NO_TO_NUMBERS && inquiry instanceof Inquiry.ByNumber) {
            return CompletableFuture.completedFuture(
                    new AuthorityResult.Answered(inquiry.asOf(), People.NOW, new Answer.NotFound()));
        }
        return good.ask(inquiry).thenApply(result -> switch (result) {
            case AuthorityResult.Answered answered -> changed(answered);
            case AuthorityResult.Unusable unusable -> changed(unusable, inquiry);
            case AuthorityResult.NoAnswer none -> none;
        });
    }

    private AuthorityResult changed(AuthorityResult.Unusable unusable, Inquiry inquiry) {
        return fault == Fault.SAYS_INVALID_FOR_BAD_EVIDENCE && unusable.flaw() == EvidenceFlaw.SIGNATURE_WRONG
                ? new AuthorityResult.Answered(inquiry.asOf(), People.NOW, new Answer.Invalid(null))
                : unusable;
    }

    private AuthorityResult changed(AuthorityResult.Answered answered) {
        var asOf = fault == Fault.ANSWERS_FOR_TODAY ? People.TODAY : answered.asOf();
        return new AuthorityResult.Answered(asOf, answered.answeredAt(), changed(answered.answer()));
    }

    private Answer changed(Answer answer) {
        return switch (answer) {
            case Answer.Valid valid ->
                new Answer.Valid(changed(valid.coverage()), changed(valid.insured()), valid.particulars());
            case Answer.Invalid invalid ->
                switch (fault) {
                    case FORGETS_WHAT_ENDED -> new Answer.Invalid(null);
                    case MIXES_NEWER_EXISTS_AND_INVALID -> new Answer.InvalidNewerExists(invalid.ended());
                    case MIXES_NOT_FOUND_AND_INVALID -> new Answer.NotFound();
                    default -> invalid;
                };
            case Answer.InvalidNewerExists _, Answer.NotFound _ -> answer;
            case Answer.Several several -> fault == Fault.TAKES_THE_FIRST_OF_SEVERAL ? new Answer.NotFound() : several;
            case Answer.ValidUnregistered unregistered ->
                fault == Fault.INVENTS_DATA_FOR_UNREGISTERED ? new Answer.Invalid(null) : unregistered;
        };
    }

    private Insured changed(Insured insured) {
        return fault == Fault.LOSES_LETTERS
                ? new Insured(insured.name().replace('髙', '高'), insured.kana(), insured.birthDate())
                : insured;
    }

    private Coverage changed(Coverage coverage) {
        int share = fault == Fault.LOSES_THE_SHARE ? 30 : coverage.copayPercent();
        return new Coverage(
                coverage.insurer(),
                coverage.symbol(),
                coverage.number(),
                coverage.branch(),
                share,
                coverage.from(),
                coverage.until());
    }

    static Authority of(Authority good, @Nullable Fault fault) {
        return fault == null ? good : new FaultyAuthority(good, fault);
    }

    @Override
    public void close() {
        good.close();
    }
}
