package jp.kakunin.load.simulation;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Fact.EvidenceFlaw;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.hub.authority.Authority;
import jp.kakunin.hub.authority.AuthorityResult;
import jp.kakunin.hub.authority.Capability;
import jp.kakunin.hub.authority.Inquiry;
import org.jspecify.annotations.Nullable;

/// The national system: answers by the evidence alone, slowly, and sometimes for a while not at all.
final class SimulatedAuthority implements Authority {
    private static final int ANSWER_MILLIS_MAX = 3_000;

    /// One check in so many has evidence that cannot be used.
    private static final int CHECKS_PER_UNUSABLE = 16;

    /// Two in so many are worked on first, one is sent away.
    private static final int CHECKS_PER_LATER = 12;

    private static final int BUSY_SECONDS_MAX = 20;

    private final SimulatedTime time;
    private final Town town;
    private final Happenings happenings;
    private final Set<Capability> capabilities;
    private final Map<CheckId, Integer> asked = new HashMap<>();
    private Instant awayUntil = Instant.MIN;

    /// @param asksCaptured whether it takes evidence of a patient who has left
    SimulatedAuthority(SimulatedTime time, Town town, Happenings happenings, boolean asksCaptured) {
        this.time = time;
        this.town = town;
        this.happenings = happenings;
        capabilities = asksCaptured ? Set.of(Capability.ASK_NOW, Capability.ASK_CAPTURED) : Set.of(Capability.ASK_NOW);
        if (!asksCaptured) {
            happenings.count(Happening.AUTHORITY_WANTS_THE_PATIENT);
        }
    }

    void goAway(Duration length) {
        Instant end = time.instant().plus(length);
        awayUntil = end.isAfter(awayUntil) ? end : awayUntil;
        happenings.count(Happening.AUTHORITY_AWAY);
    }

    void comeBack() {
        awayUntil = Instant.MIN;
    }

    private boolean isAway() {
        return time.instant().isBefore(awayUntil);
    }

    static byte[] evidence(InstitutionCode clinic, CheckId check, int person) {
        return (person + " " + clinic + " " + check).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public Set<Capability> capabilities() {
        return capabilities;
    }

    @Override
    public CompletableFuture<AuthorityResult> ask(Inquiry inquiry) {
        CompletableFuture<AuthorityResult> result = new CompletableFuture<>();
        // Drawn from the question, so that the order in which questions are asked changes nothing else.
        int draw = Math.floorMod(inquiry.check().value().hashCode(), ANSWER_MILLIS_MAX);
        if (isAway() && draw % 3 == 0) {
            happenings.count(Happening.NO_ANSWER);
            return result;
        }
        time.after(draw, () -> result.complete(answer(inquiry)));
        return result;
    }

    /// Some questions it takes and works on (処理中), some it sends away for a while, each a few times.
    private @Nullable AuthorityResult later(Inquiry inquiry) {
        int times = asked.merge(inquiry.check(), 1, Integer::sum);
        int draw = Math.floorMod(inquiry.check().value().hashCode() / CHECKS_PER_UNUSABLE, CHECKS_PER_LATER);
        if (draw < 2 && times <= 1 + draw) {
            happenings.count(Happening.AUTHORITY_PROCESSING);
            return new AuthorityResult.NoAnswer(AuthorityResult.Cause.PROCESSING);
        }
        if (draw == 2 && times == 1) {
            happenings.count(Happening.AUTHORITY_BUSY);
            Duration pause =
                    Duration.ofSeconds(1 + Math.floorMod(inquiry.check().value().hashCode(), BUSY_SECONDS_MAX));
            return new AuthorityResult.NoAnswer(AuthorityResult.Cause.BUSY, pause);
        }
        return null;
    }

    private AuthorityResult answer(Inquiry inquiry) {
        if (isAway()) {
            happenings.count(Happening.NO_ANSWER);
            return new AuthorityResult.NoAnswer(AuthorityResult.Cause.UNREACHABLE);
        }
        AuthorityResult later = later(inquiry);
        if (later != null) {
            return later;
        }
        String[] evidence = new String(((Inquiry.ByCard) inquiry).attachment(), StandardCharsets.US_ASCII).split(" ");
        Promise.P5.demand(evidence[1].equals(inquiry.clinic().digits()), "evidence of another clinic was asked about");
        Promise.P2.demand(evidence[2].equals(inquiry.check().toString()), "evidence of another check was asked about");
        if (Math.floorMod(inquiry.check().value().hashCode(), CHECKS_PER_UNUSABLE) == 0) {
            happenings.count(Happening.UNUSABLE_EVIDENCE);
            return new AuthorityResult.Unusable(EvidenceFlaw.SIGNATURE_WRONG);
        }
        happenings.count(Happening.ANSWER);
        return new AuthorityResult.Answered(
                inquiry.asOf(), time.instant(), town.answer(Integer.parseInt(evidence[0]), inquiry.asOf()));
    }
}
