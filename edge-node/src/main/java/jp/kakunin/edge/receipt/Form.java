package jp.kakunin.edge.receipt;

import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// In which form a client wants a visit.
sealed interface Form {
    record Json() implements Form {}

    record Xml(ReceiptCharset charset) implements Form {}

    record None() implements Form {}

    /// The first form that is named and written here. The charset may stand in the query or behind the type.
    static Form of(@Nullable String accept, @Nullable String charset) {
        if (accept == null || accept.isBlank()) {
            return new Json();
        }
        return Stream.of(accept.split(","))
                .map(part -> one(part, charset))
                .filter(form -> !(form instanceof None))
                .findFirst()
                .orElseGet(None::new);
    }

    private static Form one(String part, @Nullable String asked) {
        String[] words = part.toLowerCase(Locale.ROOT).strip().split("\\s*;\\s*");
        return switch (words[0]) {
            case "application/json", "application/*", "*/*" -> new Json();
            case "application/xml", "text/xml" -> {
                String name = asked;
                for (String word : words) {
                    if (name == null && word.startsWith("charset=")) {
                        name = word.substring("charset=".length()).replace("\"", "");
                    }
                }
                ReceiptCharset charset = name == null ? ReceiptCharset.UTF_8 : ReceiptCharset.named(name);
                yield charset == null ? new None() : new Xml(charset);
            }
            default -> new None();
        };
    }
}
