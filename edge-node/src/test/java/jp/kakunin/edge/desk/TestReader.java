package jp.kakunin.edge.desk;

import jp.kakunin.edge.reader.CardReader;

/// The played reader, for tests of the whole edge.
public final class TestReader {
    private TestReader() {}

    public static CardReader withCard() {
        FakeReader reader = new FakeReader();
        reader.put(DeskFixture.CARD_A);
        return reader;
    }
}
