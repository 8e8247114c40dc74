package jp.kakunin.hub.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import jp.kakunin.domain.Incarnation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The contract fails for every fault it is there to find, and passes without one.
final class JournalContractBitesTest {
    @ParameterizedTest
    @EnumSource(FaultyJournal.Fault.class)
    void a_faulty_journal_fails_the_contract(FaultyJournal.Fault fault) throws Exception {
        assertThat(failures(fault)).isNotEmpty();
    }

    @Test
    void a_good_journal_passes_the_contract() throws Exception {
        assertThat(failures(null)).isEmpty();
    }

    private static List<String> failures(FaultyJournal.@Nullable Fault fault) throws ReflectiveOperationException {
        List<String> failures = new ArrayList<>();
        List<Method> tests = Stream.of(JournalContract.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Test.class))
                .toList();
        assertThat(tests).hasSizeGreaterThan(10);
        for (Method test : tests) {
            JournalContract contract = contract(fault);
            try {
                contract.openEmpty();
                test.invoke(contract);
            } catch (InvocationTargetException e) {
                failures.add(test.getName() + ": " + e.getCause());
            } catch (Exception e) {
                throw new AssertionError("the contract could not even begin", e);
            }
        }
        return failures;
    }

    private static JournalContract contract(FaultyJournal.@Nullable Fault fault) {
        return new JournalContract() {
            @Override
            Journal open() {
                return faulty(MemoryJournal.create(new Incarnation(new UUID(1, 2)), Runnable::run));
            }

            @Override
            Journal reopen(Journal running) {
                if (fault == FaultyJournal.Fault.FORGETS_AT_RESTART) {
                    return open();
                }
                Journal inner = running instanceof FaultyJournal wrapped ? wrapped.good() : running;
                return faulty(((MemoryJournal) inner).crash());
            }

            private Journal faulty(Journal good) {
                return fault == null ? good : new FaultyJournal(good, fault);
            }
        };
    }
}
