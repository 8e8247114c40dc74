package jp.kakunin.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Objects;
import jp.kakunin.domain.InstitutionCode;
import jp.kakunin.domain.TreatmentMonth;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ClinicKeysTest {
    private static final InstitutionCode CLINIC = new InstitutionCode("1380000016");
    private static final InstitutionCode OTHER = new InstitutionCode("1390000029");
    private static final TreatmentMonth MONTH = TreatmentMonth.of(2026, 11);
    private static final byte[] NAME = {1};
    private static final byte[] ROW = "row".getBytes(StandardCharsets.US_ASCII);

    private final MemoryVault vault = new MemoryVault();
    private ClinicKeys keys = open();

    @Test
    void what_is_sealed_opens_again_after_a_restart() throws UnsealableException {
        byte[] sealed = seal(MONTH, CLINIC);
        keys = open();
        assertThat(find(MONTH, CLINIC).open(NAME, sealed)).isEqualTo(ROW);
    }

    @Test
    void each_clinic_and_each_month_has_its_own() {
        byte[] sealed = seal(MONTH, CLINIC);
        seal(MONTH, OTHER);
        seal(MONTH.next(), CLINIC);
        assertThatThrownBy(() -> find(MONTH, OTHER).open(NAME, sealed)).isInstanceOf(UnsealableException.class);
        assertThatThrownBy(() -> find(MONTH.next(), CLINIC).open(NAME, sealed)).isInstanceOf(UnsealableException.class);
        assertThatThrownBy(
                        () -> Objects.requireNonNull(keys.months().find(MONTH)).open(NAME, sealed))
                .isInstanceOf(UnsealableException.class);
    }

    @Test
    void a_clinic_that_is_gone_opens_nothing_and_the_other_goes_on() throws UnsealableException {
        byte[] sealed = seal(MONTH, CLINIC);
        byte[] others = seal(MONTH, OTHER);
        assertThat(keys.destroy(CLINIC)).isTrue();
        assertThat(keys.destroy(CLINIC)).isFalse();
        for (int times = 0; times < 2; times++) {
            assertThat(keys.find(MONTH, CLINIC)).isNull();
            assertThat(find(MONTH, OTHER).open(NAME, others)).isEqualTo(ROW);
            keys = open();
        }
        SealingKey anew = Objects.requireNonNull(keys.of(MONTH, CLINIC));
        assertThatThrownBy(() -> anew.open(NAME, sealed)).isInstanceOf(UnsealableException.class);
    }

    /// A file may be overwritten and still not go, because another program has it open.
    @Test
    void what_is_sealed_after_a_destruction_that_was_cut_off_opens_again_after_a_restart() throws UnsealableException {
        byte[] before = seal(MONTH, CLINIC);
        vault.stopBeforeTheNameGoes();
        assertThatThrownBy(() -> keys.destroy(CLINIC)).isInstanceOf(VaultException.class);

        byte[] after = seal(MONTH, CLINIC);
        keys = open();

        assertThat(find(MONTH, CLINIC).open(NAME, after)).isEqualTo(ROW);
        assertThatThrownBy(() -> find(MONTH, CLINIC).open(NAME, before)).isInstanceOf(UnsealableException.class);
    }

    @Test
    void a_destruction_that_was_cut_off_is_finished_and_what_it_left_is_no_key() {
        seal(MONTH, CLINIC);
        vault.stopBeforeTheNameGoes();
        assertThatThrownBy(() -> keys.destroy(CLINIC)).isInstanceOf(VaultException.class);
        for (int times = 0; times < 2; times++) {
            assertThat(keys.find(MONTH, CLINIC)).isNull();
            keys = open();
        }
        assertThat(keys.destroy(CLINIC)).isTrue();
        assertThat(vault.names()).doesNotContain("clinic-1380000016");
    }

    @Test
    void a_month_that_is_gone_is_gone_for_each_clinic() {
        seal(MONTH, CLINIC);
        seal(MONTH, OTHER);
        keys.months().destroy(MONTH);
        for (int times = 0; times < 2; times++) {
            assertThat(keys.find(MONTH, CLINIC)).isNull();
            assertThat(keys.of(MONTH, OTHER)).isNull();
            keys = open();
        }
    }

    @Test
    void what_a_write_left_that_was_cut_off_is_destroyed() {
        vault.write(".clinic-1380000016.draft", ROW);
        open();
        assertThat(vault.names()).doesNotContain(".clinic-1380000016.draft");
    }

    private ClinicKeys open() {
        return ClinicKeys.open(vault, new SecureRandom());
    }

    private byte[] seal(TreatmentMonth month, InstitutionCode clinic) {
        return Objects.requireNonNull(keys.of(month, clinic)).seal(NAME, ROW);
    }

    private SealingKey find(TreatmentMonth month, InstitutionCode clinic) {
        @Nullable SealingKey found = keys.find(month, clinic);
        return Objects.requireNonNull(found);
    }
}
