package jp.kakunin.load.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The contract fails for every fault it is there to find, and passes without one.
final class PeerContractBitesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(RememberedPeer.Fault.class)
    void a_faulty_peer_fails_the_contract(RememberedPeer.Fault fault) throws Exception {
        assertThat(failures(fault)).isNotEmpty();
    }

    @Test
    void a_good_peer_passes_the_contract() throws Exception {
        assertThat(failures(null)).isEmpty();
    }

    private List<String> failures(RememberedPeer.@Nullable Fault fault) throws Exception {
        List<String> failures = new ArrayList<>();
        List<Method> tests = Stream.of(PeerContract.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .toList();
        assertThat(tests).hasSizeGreaterThan(4);
        for (Method test : tests) {
            PeerContract contract = new PeerContract() {
                @Override
                Peer open(Path folder) {
                    return new RememberedPeer(fault);
                }
            };
            contract.start(folder);
            try {
                test.invoke(contract);
            } catch (InvocationTargetException e) {
                failures.add(test.getName() + ": " + e.getCause());
            } finally {
                contract.close();
            }
        }
        return failures;
    }
}
