package jp.kakunin.hub.authority;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// An element of an OQS message. An element that is absent and one that is empty say the same.
public record OqsNode(String name, String text, List<OqsNode> children) {
    public OqsNode {
        children = List.copyOf(children);
    }

    public static OqsNode of(String name, String text) {
        return new OqsNode(name, text, List.of());
    }

    public static OqsNode of(String name, OqsNode... children) {
        return new OqsNode(name, "", Arrays.asList(children));
    }

    public Stream<OqsNode> all(String childName) {
        return children.stream().filter(child -> child.name().equals(childName));
    }

    /// The first of that name, or an empty one.
    public OqsNode child(String childName) {
        return all(childName).findFirst().orElse(OqsNode.of(childName, ""));
    }

    /// The text of a child without the blanks that pad it.
    public String value(String childName) {
        return child(childName).text().strip();
    }

    @Override
    public String toString() {
        return "OqsNode[" + name + "]";
    }
}
