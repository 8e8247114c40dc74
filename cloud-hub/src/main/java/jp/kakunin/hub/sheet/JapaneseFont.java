package jp.kakunin.hub.sheet;

import java.nio.charset.StandardCharsets;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/// A Japanese font that every PDF reader knows by its name (Adobe-Japan1), so that none is shipped: text is written as
/// UTF-16, letters and digits take half a square, all else a whole one.
///
/// Made as a dictionary, because PDFBox reads such fonts but has no call to write them.
record JapaneseFont(String name) {
    static final JapaneseFont GOTHIC = new JapaneseFont("HeiseiKakuGo-W5");

    private static final int SQUARE = 1_000;
    private static final int HALF = 500;
    /// Some readers take the proportional letters all the same; they get the same room.
    private static final int PROPORTIONAL_LAST = 94;

    private static final int HALF_WIDTH_FIRST = 231;
    private static final int HALF_WIDTH_LAST = 632;
    private static final int SYMBOLIC = 4;
    private static final int ASCENT = 880;
    private static final int DESCENT = -120;
    private static final int STEM = 90;
    private static final int SUPPLEMENT = 2;

    COSDictionary dictionary() {
        var font = new COSDictionary();
        font.setItem(COSName.TYPE, COSName.FONT);
        font.setItem(COSName.SUBTYPE, COSName.TYPE0);
        font.setName(COSName.BASE_FONT, name);
        font.setName(COSName.ENCODING, "UniJIS-UCS2-HW-H");
        var descendants = new COSArray();
        descendants.add(descendant());
        font.setItem(COSName.DESCENDANT_FONTS, descendants);
        return font;
    }

    private COSDictionary descendant() {
        var system = new COSDictionary();
        system.setString(COSName.REGISTRY, "Adobe");
        system.setString(COSName.ORDERING, "Japan1");
        system.setInt(COSName.SUPPLEMENT, SUPPLEMENT);
        var font = new COSDictionary();
        font.setItem(COSName.TYPE, COSName.FONT);
        font.setItem(COSName.SUBTYPE, COSName.CID_FONT_TYPE0);
        font.setName(COSName.BASE_FONT, name);
        font.setItem(COSName.CIDSYSTEMINFO, system);
        font.setItem(COSName.FONT_DESC, descriptor());
        font.setInt(COSName.DW, SQUARE);
        var widths = new COSArray();
        for (int each : new int[] {1, PROPORTIONAL_LAST, HALF, HALF_WIDTH_FIRST, HALF_WIDTH_LAST, HALF}) {
            widths.add(COSInteger.get(each));
        }
        font.setItem(COSName.W, widths);
        return font;
    }

    private COSDictionary descriptor() {
        var descriptor = new COSDictionary();
        descriptor.setItem(COSName.TYPE, COSName.FONT_DESC);
        descriptor.setName(COSName.FONT_NAME, name);
        descriptor.setInt(COSName.FLAGS, SYMBOLIC);
        descriptor.setItem(COSName.FONT_BBOX, new PDRectangle(0, DESCENT, SQUARE, ASCENT - DESCENT).getCOSArray());
        descriptor.setInt(COSName.ITALIC_ANGLE, 0);
        descriptor.setInt(COSName.ASCENT, ASCENT);
        descriptor.setInt(COSName.DESCENT, DESCENT);
        descriptor.setInt(COSName.CAP_HEIGHT, ASCENT);
        descriptor.setInt(COSName.STEM_V, STEM);
        return descriptor;
    }

    /// As the content of a page shows it.
    static String shown(String text) {
        return "<" + new COSString(text.getBytes(StandardCharsets.UTF_16BE)).toHexString() + ">";
    }

    /// In points.
    static float width(String text, float size) {
        long halves = text.chars().map(each -> isHalf(each) ? 1 : 2).sum();
        return halves * size / 2;
    }

    private static boolean isHalf(int character) {
        return character < 0x100 || character >= 0xff61 && character <= 0xff9f;
    }
}
