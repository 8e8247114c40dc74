package jp.kakunin.edge.receipt;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Compares answers with the document that is served, with as much of JSON Schema as that document uses; a word it does
/// not know is an error.
final class OpenApi {
    private static final Set<String> SILENT =
            Set.of("description", "default", "minLength", "maxLength", "minimum", "maximum");

    private final JsonObject document = new JsonObject(Buffer.buffer(ReceiptApi.openApi()));

    JsonObject document() {
        return document;
    }

    /// What does not fit; empty when all does.
    ///
    /// @param path as in the document
    List<String> complaints(String method, String path, HttpResponse<String> answer) {
        List<String> complaints = new ArrayList<>();
        JsonObject operation =
                document.getJsonObject("paths").getJsonObject(path).getJsonObject(method);
        JsonObject responses = operation.getJsonObject("responses");
        JsonObject response = responses.getJsonObject(Integer.toString(answer.statusCode()));
        JsonObject told = response == null ? responses.getJsonObject("default") : response;
        JsonObject content = told.getJsonObject("content");
        String type = answer.headers().firstValue("Content-Type").orElse("");
        if (content == null) {
            if (!answer.body().isEmpty()) {
                complaints.add("a body that is not in the document");
            }
            return complaints;
        }
        JsonObject form = content.getJsonObject(type.split(";", 2)[0]);
        if (form == null) {
            complaints.add(answer.statusCode() + " has type \"" + type + "\", not one of " + content.fieldNames());
        } else if (type.contains("json")) {
            check(form.getJsonObject("schema"), new JsonObject(answer.body()), "$", complaints);
        }
        return complaints;
    }

    private void check(JsonObject schema, @Nullable Object value, String at, List<String> complaints) {
        if (schema.containsKey("$ref")) {
            String name = schema.getString("$ref").substring("#/components/schemas/".length());
            check(
                    document.getJsonObject("components")
                            .getJsonObject("schemas")
                            .getJsonObject(name),
                    value,
                    at,
                    complaints);
            return;
        }
        if (schema.containsKey("oneOf")) {
            long fitting = schema.getJsonArray("oneOf").stream()
                    .filter(each -> {
                        List<String> inner = new ArrayList<>();
                        check((JsonObject) each, value, at, inner);
                        return inner.isEmpty();
                    })
                    .count();
            if (fitting != 1) {
                complaints.add(at + " fits " + fitting + " of the forms it may have");
            }
            return;
        }
        for (String word : schema.fieldNames()) {
            switch (word) {
                case "type" -> type(schema.getValue("type"), value, at, complaints);
                case "enum" -> {
                    if (!schema.getJsonArray("enum").getList().contains(value)) {
                        complaints.add(at + " is not one of " + schema.getJsonArray("enum"));
                    }
                }
                case "pattern" -> {
                    if (value instanceof String text && !text.matches(schema.getString("pattern"))) {
                        complaints.add(at + " does not match");
                    }
                }
                case "format" -> format(schema.getString("format"), value, at, complaints);
                case "items" -> {
                    if (value instanceof JsonArray array) {
                        for (int i = 0; i < array.size(); i++) {
                            check(schema.getJsonObject("items"), array.getValue(i), at + "[" + i + "]", complaints);
                        }
                    }
                }
                case "properties", "required", "additionalProperties" -> {}
                default -> {
                    if (!SILENT.contains(word)) {
                        complaints.add("the document says \"" + word + "\", which is not understood here");
                    }
                }
            }
        }
        if (schema.containsKey("properties") && value instanceof JsonObject object) {
            properties(schema, object, at, complaints);
        }
    }

    private void properties(JsonObject schema, JsonObject object, String at, List<String> complaints) {
        JsonObject properties = schema.getJsonObject("properties");
        for (String name : object.fieldNames()) {
            if (properties.containsKey(name)) {
                check(properties.getJsonObject(name), object.getValue(name), at + "." + name, complaints);
            } else {
                complaints.add(at + "." + name + " is not in the document");
            }
        }
        for (Object name : schema.getJsonArray("required")) {
            if (!object.containsKey((String) name)) {
                complaints.add(at + "." + name + " is missing");
            }
        }
    }

    private static void type(Object types, @Nullable Object value, String at, List<String> complaints) {
        String is = switch (value) {
            case null -> "null";
            case String _ -> "string";
            case Boolean _ -> "boolean";
            case Number _ -> "integer";
            case JsonObject _ -> "object";
            case JsonArray _ -> "array";
            default -> value.getClass().getName();
        };
        boolean fits = types instanceof JsonArray several ? several.contains(is) : is.equals(types);
        if (!fits) {
            complaints.add(at + " is " + is + ", not " + types);
        }
    }

    private static void format(String format, @Nullable Object value, String at, List<String> complaints) {
        if (value instanceof String text) {
            try {
                switch (format) {
                    case "date" -> LocalDate.parse(text);
                    case "date-time" -> Instant.parse(text);
                    default -> complaints.add("the document says format " + format);
                }
            } catch (java.time.DateTimeException _) {
                complaints.add(at + " is no " + format);
            }
        }
    }
}
