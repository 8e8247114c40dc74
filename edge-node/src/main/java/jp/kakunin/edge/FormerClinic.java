package jp.kakunin.edge;

import java.io.IOException;
import jp.kakunin.edge.door.PasscodeFile;
import jp.kakunin.edge.door.Tablets;

/// Who could use the desk before a device was activated anew: nobody of them can now, unless let in again.
public final class FormerClinic {
    private FormerClinic() {}

    public static void forget(EdgeConfig config) throws IOException {
        new PasscodeFile(config.folder()).clear();
        Tablets.forget(config.folder());
    }
}
