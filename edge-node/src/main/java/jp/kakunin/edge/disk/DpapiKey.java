package jp.kakunin.edge.disk;

import com.sun.jna.platform.win32.Crypt32Util;
import com.sun.jna.platform.win32.Win32Exception;
import com.sun.jna.platform.win32.WinCrypt;

/// Windows' DPAPI in the scope of the account: another program of this PC under another account opens nothing.
///
/// **Untested**: it compiles; it was never run, because nothing here is run on Windows.
final class DpapiKey implements OsKey {
    /// A service has no desktop on which a question could be answered.
    private static final int FLAGS = WinCrypt.CRYPTPROTECT_UI_FORBIDDEN;

    @Override
    public byte[] protect(byte[] secret) {
        return Crypt32Util.cryptProtectData(secret, null, FLAGS, "Kakunin", null);
    }

    @Override
    public byte[] unprotect(byte[] protectedSecret) throws ProtectionException {
        try {
            return Crypt32Util.cryptUnprotectData(protectedSecret, null, FLAGS, null);
        } catch (Win32Exception e) {
            throw new ProtectionException(e);
        }
    }
}
