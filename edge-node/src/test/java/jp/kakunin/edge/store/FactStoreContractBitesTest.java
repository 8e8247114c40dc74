package jp.kakunin.edge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

class FactStoreContractBitesTest {
    @Test
    void a_store_that_forgets_fails_every_test_of_the_contract() {
        var listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(ForgetfulStore.class))
                                .build(),
                        listener);
        TestExecutionSummary summary = listener.getSummary();
        assertThat(summary.getTestsFoundCount()).isGreaterThan(10);
        assertThat(summary.getTestsFailedCount()).isEqualTo(summary.getTestsFoundCount());
    }

    /// Surefire does not pick it up: it has not the name of a test.
    static final class ForgetfulStore extends FactStoreContract {
        private final MemoryDisk disk = MemoryDisk.forgetful();

        @Override
        protected FactStore openAgain() {
            return disk.open();
        }
    }
}
