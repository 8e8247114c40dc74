package jp.kakunin.hub.authority;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/// Bytes of OQS messages. The XML declaration alone says in which charset they are: windows-31j, which many call
/// Shift_JIS, or UTF-8. Bytes that do not fit it are an error, never a replacement character in somebody's name.
public final class OqsXml {
    public static final int MESSAGE_BYTES_MAX = 256 * 1024;
    static final int DEPTH_MAX = 8;
    static final int ELEMENTS_MAX = 2_000;
    static final int TEXT_CHARS_MAX = 8_192;

    /// The JDK's Shift_JIS lacks 髙, 﨑 and ①.
    public static final Charset WINDOWS_31J = Charset.forName("windows-31j");

    private static final int DECLARATION_BYTES_MAX = 200;
    private static final Pattern DECLARATION =
            Pattern.compile("^<\\?xml\\s[^>]*?encoding\\s*=\\s*[\"']([A-Za-z0-9_.-]+)[\"'][^>]*\\?>");
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private OqsXml() {}

    /// @throws IOException if this is no such message; says why without repeating it
    public static OqsNode read(byte[] bytes) throws IOException {
        if (bytes.length > MESSAGE_BYTES_MAX) {
            throw new IOException("the message has more than " + MESSAGE_BYTES_MAX + " bytes");
        }
        String text = decoded(bytes);
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(text));
            try {
                return tree(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            // Its message would repeat what stands there.
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
            throw new IOException("the message is no XML that is read here (line " + line + ")");
        }
    }

    public static byte[] write(OqsNode root, Charset charset) {
        var text = new StringWriter();
        try {
            XMLStreamWriter writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
            write(root, writer);
            writer.close();
        } catch (XMLStreamException e) {
            throw new IllegalArgumentException("an element cannot be written", e);
        }
        String declared = charset.equals(WINDOWS_31J) ? "Shift_JIS" : charset.name();
        String declaration = "<?xml version=\"1.0\" encoding=\"" + declared + "\" standalone=\"no\"?>\n";
        return (declaration + text).getBytes(charset);
    }

    private static void write(OqsNode node, XMLStreamWriter writer) throws XMLStreamException {
        writer.writeStartElement(node.name());
        writer.writeCharacters(node.text());
        for (OqsNode child : node.children()) {
            write(child, writer);
        }
        writer.writeEndElement();
    }

    private static String decoded(byte[] bytes) throws IOException {
        int from = startsWithMark(bytes) ? BYTE_ORDER_MARK.length : 0;
        int length = Math.min(DECLARATION_BYTES_MAX, bytes.length - from);
        Matcher declaration = DECLARATION.matcher(new String(bytes, from, length, StandardCharsets.ISO_8859_1));
        Charset charset = declaration.find() ? charset(declaration.group(1)) : StandardCharsets.UTF_8;
        try {
            return charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, from, bytes.length - from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("the message is not in " + charset + ", as it declares", e);
        }
    }

    private static boolean startsWithMark(byte[] bytes) {
        return bytes.length >= 3
                && bytes[0] == BYTE_ORDER_MARK[0]
                && bytes[1] == BYTE_ORDER_MARK[1]
                && bytes[2] == BYTE_ORDER_MARK[2];
    }

    private static Charset charset(String declared) throws IOException {
        return switch (declared.toLowerCase(Locale.ROOT)) {
            case "utf-8", "utf8" -> StandardCharsets.UTF_8;
            case "shift_jis", "shift-jis", "sjis", "x-sjis", "ms932", "cp932", "windows-31j" -> WINDOWS_31J;
            default -> throw new IOException("the message is in a charset that is not used here");
        };
    }

    /// No document type, so no entities of its own and nothing from elsewhere.
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setXMLResolver((_, _, _, _) -> {
            throw new XMLStreamException("nothing is read from elsewhere");
        });
        return factory;
    }

    private record Open(String name, StringBuilder text, List<OqsNode> children) {}

    private static OqsNode tree(XMLStreamReader reader) throws XMLStreamException, IOException {
        Deque<Open> open = new ArrayDeque<>();
        int elements = 0;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new IOException("the message has a document type or an entity, which is not read");
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++elements > ELEMENTS_MAX || open.size() >= DEPTH_MAX) {
                        throw new IOException(
                                "the message has more than " + ELEMENTS_MAX + " elements or " + DEPTH_MAX + " levels");
                    }
                    open.push(new Open(reader.getLocalName(), new StringBuilder(), new ArrayList<>()));
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> append(open.peek(), reader.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    Open ended = open.pop();
                    OqsNode node = new OqsNode(ended.name(), ended.text().toString(), ended.children());
                    Open parent = open.peek();
                    if (parent == null) {
                        return node;
                    }
                    parent.children().add(node);
                }
                default -> {
                    // Comments and blanks say nothing.
                }
            }
        }
        throw new IOException("the message is empty");
    }

    private static void append(@Nullable Open element, String text) throws IOException {
        if (element != null) {
            element.text().append(text);
            if (element.text().length() > TEXT_CHARS_MAX) {
                throw new IOException("an element has more than " + TEXT_CHARS_MAX + " characters");
            }
        }
    }
}
