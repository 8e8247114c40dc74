package jp.kakunin.hub.sheet;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.common.PDStream;

/// One A4 page, written from the top down, in points.
final class Page {
    static final float LEFT = 56;
    static final float RIGHT = PDRectangle.A4.getWidth() - LEFT;

    private static final float LEADING = 1.55f;

    private final StringBuilder content = new StringBuilder();
    private float y = PDRectangle.A4.getHeight() - 60;

    void gap(float height) {
        y -= height;
    }

    void line(String text, float size) {
        y -= size * LEADING;
        japanese(text, LEFT, size);
    }

    /// Broken where the line is full: Japanese may be broken anywhere, and the texts here are ours.
    void paragraph(String text, float indent, float size) {
        var line = new StringBuilder();
        for (String each : text.split("")) {
            if (LEFT + indent + JapaneseFont.width(line + each, size) > RIGHT && !"。、）".contains(each)) {
                y -= size * LEADING;
                japanese(line.toString(), LEFT + indent, size);
                line.setLength(0);
            }
            line.append(each);
        }
        y -= size * LEADING;
        japanese(line.toString(), LEFT + indent, size);
    }

    /// A name, and what is to be typed in a typeface in which no two characters look alike.
    void field(String name, String value, float size) {
        y -= size * LEADING + 5;
        japanese(name, LEFT, 11);
        typewriter(value, LEFT + 150, size);
        y -= 6;
        rule(LEFT, RIGHT, y, 0.4f);
    }

    /// A value that is read from the paper digit by digit.
    void large(String value, float size) {
        float width = value.length() * size * 0.6f;
        y -= size * 1.2f;
        typewriter(value, (PDRectangle.A4.getWidth() - width) / 2, size);
        y -= size * 0.45f;
    }

    void frame(float height) {
        content.append(
                String.format(Locale.ROOT, "1.2 w %.1f %.1f %.1f %.1f re S%n", LEFT, y - height, RIGHT - LEFT, height));
    }

    private void rule(float from, float to, float at, float width) {
        content.append(String.format(Locale.ROOT, "%.1f w %.1f %.1f m %.1f %.1f l S%n", width, from, at, to, at));
    }

    private void japanese(String text, float x, float size) {
        content.append(String.format(
                Locale.ROOT, "BT /J %.1f Tf %.1f %.1f Td %s Tj ET%n", size, x, y, JapaneseFont.shown(text)));
    }

    private void typewriter(String text, float x, float size) {
        String plain = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)");
        content.append(String.format(Locale.ROOT, "BT /T %.1f Tf %.1f %.1f Td (%s) Tj ET%n", size, x, y, plain));
    }

    /// One of the fonts every reader has. By hand, because PDFBox looks through the machine's fonts before it names
    /// one.
    private static COSDictionary typewriter() {
        var font = new COSDictionary();
        font.setItem(COSName.TYPE, COSName.FONT);
        font.setItem(COSName.SUBTYPE, COSName.TYPE1);
        font.setName(COSName.BASE_FONT, "Courier-Bold");
        return font;
    }

    void addTo(PDDocument document) throws IOException {
        var page = new PDPage(PDRectangle.A4);
        var fonts = new COSDictionary();
        fonts.setItem("J", JapaneseFont.GOTHIC.dictionary());
        fonts.setItem("T", typewriter());
        var resources = new COSDictionary();
        resources.setItem(COSName.FONT, fonts);
        page.setResources(new PDResources(resources));
        var stream = new PDStream(document);
        try (OutputStream out = stream.createOutputStream(COSName.FLATE_DECODE)) {
            out.write(content.toString().getBytes(StandardCharsets.US_ASCII));
        }
        page.setContents(stream);
        document.addPage(page);
    }
}
