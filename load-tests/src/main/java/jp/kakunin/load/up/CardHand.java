package jp.kakunin.load.up;

import java.io.IOException;

/// The hand that puts one of the demonstration cards on the reader and takes it away.
public interface CardHand {
    /// Puts that card down, instead of the one that may lie there.
    ///
    /// @return the PIN its holder knows
    String putDown(String card) throws IOException;

    void takeAway();
}
