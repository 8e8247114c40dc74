package jp.kakunin.edge.exchange;

import static jp.kakunin.edge.store.Facts.CLINIC;
import static jp.kakunin.edge.store.Facts.NOVEMBER;
import static jp.kakunin.edge.store.Facts.OTHER_CLINIC;
import static jp.kakunin.edge.store.Facts.check;
import static jp.kakunin.edge.store.Facts.envelope;
import static jp.kakunin.edge.store.Facts.later;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import jp.kakunin.domain.Fact;
import jp.kakunin.domain.Fact.QuarantineReason;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.VisitKind;
import jp.kakunin.edge.store.MemoryDisk;
import jp.kakunin.edge.store.NewFact;
import jp.kakunin.exchange.Refusal;
import jp.kakunin.exchange.Reply;
import jp.kakunin.exchange.Request;
import jp.kakunin.exchange.StreamReply.Outcome;
import jp.kakunin.exchange.StreamReply.Remark;
import org.junit.jupiter.api.Test;

/// 併設: what a device keeps of a clinic whose declaration ended goes, and nothing is lost with it.
class EndedClinicTest {
    private final Bench site = new Bench(new MemoryDisk(), List.of(CLINIC, OTHER_CLINIC), 7);

    @Test
    void what_the_hub_has_goes_with_the_refusal_and_the_other_clinic_stays() {
        site.record(of(CLINIC, 1, 2));
        site.record(of(OTHER_CLINIC, 3, 4));
        site.connect();
        site.acknowledge(site.awaitPush());
        site.acknowledge(site.awaitPush());
        assertThat(site.store.facts(OTHER_CLINIC, NOVEMBER)).hasSize(2);

        end(OTHER_CLINIC, Refusal.DECLARATION_ENDED);
        site.poll();

        assertThat(site.store.facts(OTHER_CLINIC, NOVEMBER)).isEmpty();
        assertThat(site.store.facts(CLINIC, NOVEMBER)).hasSize(2);
        assertThat(site.machine.isShutOut(OTHER_CLINIC)).isTrue();
    }

    @Test
    void what_is_unsent_is_delivered_into_quarantine_and_only_then_goes() {
        site.record(of(OTHER_CLINIC, 1, 2));
        site.connect();
        site.acknowledge(site.awaitPush());
        site.record(of(OTHER_CLINIC, 3, 4));
        end(OTHER_CLINIC, Refusal.DECLARATION_ENDED);
        Sending push = site.awaitPush();
        assertThat(kept()).containsExactlyInAnyOrder(fact(OTHER_CLINIC, 3), fact(OTHER_CLINIC, 4));
        assertThat(Bench.ids(push))
                .containsExactly(
                        fact(OTHER_CLINIC, 3).id(), fact(OTHER_CLINIC, 4).id());

        site.acknowledge(push, remark(3), remark(4));
        site.poll();

        assertThat(kept()).isEmpty();
        assertThat(site.machine.unsent(OTHER_CLINIC)).isZero();
    }

    /// Of a device that was reported stolen no hub keeps anything: what it was refused lies here alone.
    @Test
    void what_a_hub_took_notice_of_and_did_not_keep_stays() {
        site.connect();
        site.record(of(OTHER_CLINIC, 1, 2));
        end(OTHER_CLINIC, Refusal.DECLARATION_ENDED);
        site.acknowledge(site.awaitPush(), new Remark(1, Outcome.REFUSED, null), new Remark(2, Outcome.REFUSED, null));
        site.poll();

        assertThat(kept()).containsExactlyInAnyOrder(fact(OTHER_CLINIC, 1), fact(OTHER_CLINIC, 2));

        site.restart();
        site.poll();
        assertThat(kept()).hasSize(2);
    }

    @Test
    void the_device_counts_as_refused_only_when_no_clinic_goes_on() {
        site.connect();
        end(OTHER_CLINIC, Refusal.DECLARATION_ENDED);
        assertThat(site.machine.connection()).isInstanceOf(ConnectionState.Connected.class);
        end(CLINIC, Refusal.DECLARATION_ENDED);
        assertThat(site.machine.connection()).isInstanceOf(ConnectionState.Refused.class);
    }

    @Test
    void what_was_cut_off_goes_after_a_restart_without_a_hub() {
        site.record(of(OTHER_CLINIC, 1, 2));
        site.connect();
        site.acknowledge(site.awaitPush());
        end(OTHER_CLINIC, Refusal.DECLARATION_ENDED);

        site.restart();
        site.poll();

        assertThat(kept()).isEmpty();
    }

    /// Put back to before the declaration began, a hub needs what this device keeps.
    @Test
    void a_hub_that_does_not_know_of_the_clinic_hides_it_and_removes_nothing() {
        site.record(of(OTHER_CLINIC, 1, 2));
        site.connect();
        site.acknowledge(site.awaitPush());

        end(OTHER_CLINIC, Refusal.NOT_THIS_DEVICES_CLINIC);
        site.poll();

        assertThat(site.machine.isShutOut(OTHER_CLINIC)).isTrue();
        assertThat(kept()).hasSize(2);
    }

    @Test
    void a_device_that_is_revoked_hides_and_removes_nothing() {
        site.record(of(OTHER_CLINIC, 1, 2));
        site.connect();
        site.acknowledge(site.awaitPush());

        end(OTHER_CLINIC, Refusal.DEVICE_REVOKED);
        site.poll();

        assertThat(site.machine.isShutOut(OTHER_CLINIC)).isTrue();
        assertThat(kept()).hasSize(2);
    }

    @Test
    void a_clinic_that_is_declared_again_is_read_from_the_beginning() {
        site.record(of(OTHER_CLINIC, 1, 2));
        site.connect();
        site.acknowledge(site.awaitPush());
        end(OTHER_CLINIC, Refusal.DECLARATION_ENDED);
        site.poll();

        site.restart();
        site.connect();
        Request.Wait wait = (Request.Wait) waitOf(OTHER_CLINIC).request();

        assertThat(wait.cursor()).isNull();
    }

    private void end(InstitutionCode clinic, Refusal refusal) {
        site.reply(waitOf(clinic), new Reply.WaitRefused(clinic, refusal));
    }

    private Sending waitOf(InstitutionCode clinic) {
        site.poll();
        return site.onTheWire.stream()
                .filter(sending -> sending.request() instanceof Request.Wait wait
                        && wait.clinic().equals(clinic))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no wait for " + clinic));
    }

    private List<Fact> kept() {
        return site.store.facts(OTHER_CLINIC, NOVEMBER);
    }

    private static Remark remark(long seq) {
        return new Remark(seq, Outcome.QUARANTINED, QuarantineReason.DEVICE_REVOKED);
    }

    private static NewFact[] of(InstitutionCode clinic, int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(n -> later(fact(clinic, n)))
                .toArray(NewFact[]::new);
    }

    private static Fact fact(InstitutionCode clinic, int n) {
        return check(envelope(n, clinic, NOVEMBER, false), n, VisitKind.INITIAL, false);
    }
}
