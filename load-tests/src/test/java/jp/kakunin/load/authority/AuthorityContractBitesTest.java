package jp.kakunin.load.authority;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import jp.kakunin.hub.authority.Authority;
import jp.kakunin.hub.authority.Registry;
import jp.kakunin.hub.authority.RegistryAuthority;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The contract fails for every fault it is there to find, and passes without one.
final class AuthorityContractBitesTest {
    @TempDir
    Path root;

    @ParameterizedTest
    @EnumSource(FaultyAuthority.Fault.class)
    void a_faulty_authority_fails_the_contract(FaultyAuthority.Fault fault) throws Exception {
        assertThat(failures(fault)).isNotEmpty();
    }

    @Test
    void a_good_authority_passes_the_contract() throws Exception {
        assertThat(failures(null)).isEmpty();
    }

    private List<String> failures(FaultyAuthority.@Nullable Fault fault) throws Exception {
        List<String> failures = new ArrayList<>();
        List<Method> tests = Stream.of(AuthorityContract.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .toList();
        assertThat(tests).hasSizeGreaterThan(10);
        for (Method test : tests) {
            AuthorityContract contract = contract(fault);
            contract.folder = root;
            contract.open();
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

    private static AuthorityContract contract(FaultyAuthority.@Nullable Fault fault) {
        return new AuthorityContract() {
            @Override
            Authority open(Path registry, Path folder, InstantSource clock) throws Exception {
                Registry store = Registry.open(registry, folder.resolve("store"));
                return FaultyAuthority.of(new RegistryAuthority(store, People.SEAL.getPrivate(), clock), fault);
            }
        };
    }
}
