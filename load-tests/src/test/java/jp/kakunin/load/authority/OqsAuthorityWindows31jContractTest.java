package jp.kakunin.load.authority;

/// The same in the charset of the terminals.
final class OqsAuthorityWindows31jContractTest extends OqsAuthorityContractTest {
    @Override
    Faults faults() {
        return new Faults(false, 0, 0, 0, Faults.CharsetName.WINDOWS_31J, false, false, null, 0, 0);
    }
}
