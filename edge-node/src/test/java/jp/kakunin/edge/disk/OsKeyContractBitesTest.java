package jp.kakunin.edge.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

class OsKeyContractBitesTest {
    @Test
    void a_key_that_protects_nothing_fails_every_test_of_the_contract() {
        var listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(PlainKey.class))
                                .build(),
                        listener);
        TestExecutionSummary summary = listener.getSummary();
        assertThat(summary.getTestsFoundCount()).isEqualTo(5);
        assertThat(summary.getTestsFailedCount()).isEqualTo(summary.getTestsFoundCount());
    }

    /// Surefire does not pick it up: it has not the name of a test.
    static final class PlainKey extends OsKeyContract {
        @Override
        protected OsKey newKey() {
            return new Plain();
        }

        @Override
        protected OsKey strange() {
            return new Plain();
        }
    }

    private static final class Plain implements OsKey {
        @Override
        public byte[] protect(byte[] secret) {
            return secret.clone();
        }

        @Override
        public byte[] unprotect(byte[] protectedSecret) {
            return protectedSecret.clone();
        }
    }
}
