package jp.kakunin.hub.authority;

import static jp.kakunin.hub.testing.Sample.CLINIC;
import static jp.kakunin.hub.testing.Sample.NOW;
import static jp.kakunin.hub.testing.Sample.TODAY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import jp.kakunin.domain.Answer;
import jp.kakunin.domain.CheckId;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Incarnation;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.hub.authority.AuthorityResult.Cause;
import jp.kakunin.hub.exchange.ExchangeService;
import jp.kakunin.hub.exchange.ExchangeSettings;
import jp.kakunin.hub.fleet.DeviceStatus;
import jp.kakunin.hub.fleet.FleetView;
import jp.kakunin.hub.journal.Commit.AttachmentKey;
import jp.kakunin.hub.journal.Draft;
import jp.kakunin.hub.journal.ForwardingJournal;
import jp.kakunin.hub.journal.MemoryJournal;
import jp.kakunin.hub.journal.Question;
import jp.kakunin.hub.testing.Sample;
import jp.kakunin.hub.testing.Steps;
import org.jspecify.annotations.Nullable;

/// An asker on a journal in memory, with an authority that says what the test wants.
abstract class AskerFixture {
    static final AuthorityResult NOTHING = new AuthorityResult.NoAnswer(Cause.UNREACHABLE);
    static final AuthorityResult YES = new AuthorityResult.Answered(TODAY, NOW, Sample.valid());
    static final AuthorityResult NO = new AuthorityResult.Answered(TODAY, NOW, new Answer.Invalid(null));

    final Sample sample = new Sample(13);
    final Steps steps = new Steps(NOW);
    final MemoryJournal journal = MemoryJournal.create(new Incarnation(new UUID(7, 7)), steps);
    final FleetView fleet = new FleetView();
    final ExchangeService exchange = new ExchangeService(
            ExchangeSettings.DEFAULT,
            journal,
            _ -> new DeviceStatus.Unknown(),
            fleet,
            Sample.SEAL,
            Sample.NUMBERS,
            steps,
            new Random(2),
            List.of(steps),
            steps);
    final Scripted authority = new Scripted();
    final AuthorityHealth health = new AuthorityHealth();
    int perSecond = 1_000;
    Duration clockBehind = Duration.ZERO;
    Runnable afterTheLook = () -> {};

    Asker start() {
        Asker asker = new Asker(
                new Looked(),
                authority,
                perSecond,
                exchange,
                steps,
                steps,
                () -> steps.instant().minus(clockBehind),
                new Random(4),
                health);
        exchange.onCommit(asker);
        asker.start();
        steps.settle();
        return asker;
    }

    /// What the asker sees, and what happens as soon as it has looked for evidence in vain.
    final class Looked extends ForwardingJournal {
        Looked() {
            super(AskerFixture.this.journal);
        }

        @Override
        public byte @Nullable [] attachment(InstitutionCode clinic, TreatmentMonth month, CheckId check) {
            byte[] found = super.attachment(clinic, month, check);
            if (found == null) {
                afterTheLook.run();
            }
            return found;
        }
    }

    Question given(Fact.CheckRecorded card, VisitKind kind) {
        Question question = question(card, kind);
        store(new Draft(CLINIC, journal.head(CLINIC))
                .ask(question)
                .attach(new AttachmentKey(question.month(), question.check()), Sample.EVIDENCE));
        return question;
    }

    void store(Draft draft) {
        var done = journal.commit(draft.commit());
        steps.settle();
        assertThat(done).isCompleted();
    }

    static Question question(Fact.CheckRecorded card, VisitKind kind) {
        return new Question(
                card.envelope().month(),
                kind,
                card.check(),
                CLINIC,
                card.envelope().patient(),
                card.treatmentDate());
    }

    /// Says always the same, or nothing until told to.
    static final class Scripted implements Authority {
        final List<CheckId> asked = new ArrayList<>();
        final List<CompletableFuture<AuthorityResult>> open = new ArrayList<>();
        boolean broken;
        List<AuthorityResult> script = List.of();
        Set<Capability> capabilities = Set.of(Capability.ASK_NOW, Capability.ASK_CAPTURED);

        void says(AuthorityResult result) {
            script = List.of(result);
        }

        void answerFirst(AuthorityResult result) {
            open.removeFirst().complete(result);
        }

        @Override
        public Set<Capability> capabilities() {
            return capabilities;
        }

        @Override
        public CompletableFuture<AuthorityResult> ask(Inquiry inquiry) {
            if (broken) {
                throw new IllegalStateException("an authority should not throw");
            }
            asked.add(inquiry.check());
            if (!script.isEmpty()) {
                return CompletableFuture.completedFuture(script.getFirst());
            }
            CompletableFuture<AuthorityResult> answer = new CompletableFuture<>();
            open.add(answer);
            return answer;
        }
    }
}
