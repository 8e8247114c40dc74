import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// An example of a receipt computer: follows the changes of one clinic and fills the fields of a claim form
/// (療養費支給申請書) for each visit that can be claimed, as CSV on standard output. What cannot be claimed is told on
/// standard error, with why. Needs nothing but a JDK:
///
///     KAKUNIN_KEY=kkn_... java ops/examples/ClaimForms.java http://127.0.0.1:PORT [--once]
///
/// A real one keeps `next` on its disk, so that it goes on where it was.
final class ClaimForms {
    private static final int WAIT_SECONDS = 60;
    private static final List<String> FIELDS = List.of(
            "visit", "施術日", "保険種別", "本家区分", "給付割合", "保険者番号", "保険者名称", "記号・番号", "枝番", "氏名", "カナ", "生年月日",
            "被保険者氏名", "郵便番号", "住所", "患者番号", "証明番号", "要確認");

    private final HttpClient client = HttpClient.newHttpClient();
    private final String api;
    private final String key;
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);

    /// What is known of each visit: a later change takes the place of an earlier one.
    private final Map<String, Map<String, Object>> visits = new TreeMap<>();

    private ClaimForms(String desk, String key) {
        this.api = desk.replaceAll("/$", "") + "/receipt/v1";
        this.key = key;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        String key = System.getenv("KAKUNIN_KEY");
        if (args.length == 0 || key == null) {
            System.err.println("usage: KAKUNIN_KEY=kkn_... java ClaimForms.java http://127.0.0.1:PORT [--once]");
            System.exit(2);
        }
        new ClaimForms(args[0], key).follow(args.length > 1 && args[1].equals("--once"));
    }

    private void follow(boolean once) throws IOException, InterruptedException {
        out.println(String.join(",", FIELDS));
        String next = "";
        while (true) {
            String query = "?wait=" + (once ? 0 : WAIT_SECONDS) + (next.isEmpty() ? "" : "&after=" + next);
            HttpResponse<String> answer = get("/changes" + query);
            if (answer.statusCode() == 410) {
                // The sequence began anew: forget all, and read all.
                visits.clear();
                next = "";
                continue;
            }
            if (answer.statusCode() != 200) {
                Map<String, Object> problem = object(new Json(answer.body()).value());
                err.println(problem.get("code") + ": " + problem.get("remedy"));
                System.exit(1);
            }
            Map<String, Object> page = object(new Json(answer.body()).value());
            take(page);
            next = (String) page.get("next");
            if (once && !Boolean.TRUE.equals(page.get("more"))) {
                return;
            }
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(api + path))
                        .header("Authorization", "Bearer " + key)
                        .build(),
                HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private void take(Map<String, Object> page) {
        List<?> months = (List<?>) page.get("months");
        visits.values().removeIf(visit -> !months.contains(visit.get("month")));
        for (Object each : (List<?>) page.get("changes")) {
            Map<String, Object> change = object(each);
            String id = (String) change.get("visit");
            if (Boolean.TRUE.equals(change.get("gone"))) {
                visits.remove(id);
                err.println(id + ": taken back by the clinic, delete the claim line");
                continue;
            }
            Map<String, Object> visit = object(change.get("content"));
            visits.put(id, visit);
            String why = whyNot(visit);
            if (why.isEmpty()) {
                Map<String, String> form = form(visit);
                out.println(FIELDS.stream().map(field -> csv(form.get(field))).collect(Collectors.joining(",")));
            } else {
                err.println(id + ": not claimed, " + why);
            }
        }
    }

    /// Why a visit cannot be claimed as it stands; empty when it can.
    private static String whyNot(Map<String, Object> visit) {
        if (!Boolean.TRUE.equals(visit.get("claimable"))) {
            return switch ((String) visit.get("standing")) {
                case "WAITING" -> "WAITING: the authority has not answered yet";
                case "DEFERRED" -> "DEFERRED: to be confirmed by " + visit.get("due");
                case "REFUSED" -> "REFUSED: the authority said no; ask the patient for another coverage";
                case "CONTESTED" -> "CONTESTED: the authority said no after it was confirmed; look before filing";
                default -> visit.get("standing") + ": not known to this program";
            };
        }
        List<String> missing = new ArrayList<>();
        if (visit.get("coverage") == null) {
            missing.add("保険者番号・記号・番号");
        }
        if (object(visit.get("patient")).get("birthDate") == null) {
            missing.add("生年月日");
        }
        if (visit.get("address") == null) {
            missing.add("住所");
        }
        return missing.isEmpty() ? "" : "to be written by hand: " + String.join(", ", missing);
    }

    private static Map<String, String> form(Map<String, Object> visit) {
        Map<String, Object> patient = object(visit.get("patient"));
        Map<String, Object> coverage = object(visit.get("coverage"));
        Map<String, Object> address = object(visit.get("address"));
        Map<String, String> form = new LinkedHashMap<>();
        String insurer = (String) coverage.get("insurer");
        long copay = (Long) coverage.get("copayPercent");
        LocalDate day = LocalDate.parse((String) visit.get("treatmentDate"));
        LocalDate birth = LocalDate.parse((String) patient.get("birthDate"));
        form.put("visit", (String) visit.get("visit"));
        form.put("施術日", day.toString());
        form.put("保険種別", kind(insurer));
        form.put("本家区分", relation(insurer, coverage, copay, birth, day));
        form.put("給付割合", String.valueOf((100 - copay) / 10));
        form.put("保険者番号", insurer);
        form.put("保険者名称", text(coverage.get("insurerName")));
        String symbol = text(coverage.get("symbol"));
        form.put("記号・番号", (symbol.isEmpty() ? "" : symbol + "・") + coverage.get("number"));
        form.put("枝番", text(coverage.get("branch")));
        form.put("氏名", text(patient.get("name")));
        form.put("カナ", text(patient.get("kana")));
        form.put("生年月日", birth.toString());
        form.put("被保険者氏名", text(coverage.get("insuredName")));
        form.put("郵便番号", text(address.get("postNumber")));
        form.put("住所", text(address.get("address")));
        form.put("患者番号", text(patient.get("reference")));
        Map<String, Object> answer = object(visit.get("answer"));
        form.put("証明番号", text(answer.get("proofNumber")));
        form.put("要確認", Boolean.TRUE.equals(patient.get("lettersMissing")) ? "氏名に●" : "");
        return form;
    }

    /// 1協 2組 3共 4国 5退 6後期, by the first two of eight digits; six digits are national health insurance.
    private static String kind(String insurer) {
        if (insurer.length() == 6) {
            return "4国";
        }
        return switch (insurer.substring(0, 2)) {
            case "01", "02", "03", "04" -> "1協";
            case "06", "63" -> "2組";
            case "07", "31", "32", "33", "34", "72", "73", "74", "75" -> "3共";
            case "67" -> "5退";
            case "39" -> "6後期";
            default -> "";
        };
    }

    /// 2本人 4六歳 6家族 8高一 0高7.
    private static String relation(
            String insurer, Map<String, Object> coverage, long copay, LocalDate birth, LocalDate day) {
        boolean elderly = insurer.startsWith("39") && insurer.length() == 8 || coverage.get("elderlyPercent") != null
                || !birth.plusYears(70).isAfter(day.minusMonths(1));
        if (elderly) {
            return copay == 30 ? "0高7" : "8高一";
        }
        if (Boolean.TRUE.equals(coverage.get("preschool"))) {
            return "4六歳";
        }
        return "FAMILY".equals(coverage.get("relation")) ? "6家族" : "2本人";
    }

    private static String text(Object value) {
        return value == null ? "" : value.toString();
    }

    private static String csv(String text) {
        return text.matches("[^\",\r\n]*") ? text : "\"" + text.replace("\"", "\"\"") + "\"";
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    /// As much JSON as the API speaks.
    private static final class Json {
        private final String text;
        private int at;

        Json(String text) {
            this.text = text;
        }

        Object value() {
            blanks();
            return switch (text.charAt(at)) {
                case '{' -> map();
                case '[' -> list();
                case '"' -> string();
                case 't' -> word("true", true);
                case 'f' -> word("false", false);
                case 'n' -> word("null", null);
                default -> number();
            };
        }

        private Map<String, Object> map() {
            Map<String, Object> map = new LinkedHashMap<>();
            at++;
            while (!ends('}')) {
                String name = string();
                blanks();
                at++; // :
                map.put(name, value());
            }
            return map;
        }

        private List<Object> list() {
            List<Object> list = new ArrayList<>();
            at++;
            while (!ends(']')) {
                list.add(value());
            }
            return list;
        }

        private boolean ends(char end) {
            blanks();
            if (text.charAt(at) == ',') {
                at++;
                blanks();
            }
            if (text.charAt(at) == end) {
                at++;
                return true;
            }
            return false;
        }

        private String string() {
            StringBuilder string = new StringBuilder();
            for (at++; text.charAt(at) != '"'; at++) {
                char c = text.charAt(at);
                if (c != '\\') {
                    string.append(c);
                    continue;
                }
                char escaped = text.charAt(++at);
                switch (escaped) {
                    case 'n' -> string.append('\n');
                    case 't' -> string.append('\t');
                    case 'r' -> string.append('\r');
                    case 'b' -> string.append('\b');
                    case 'f' -> string.append('\f');
                    case 'u' -> {
                        string.append((char) Integer.parseInt(text.substring(at + 1, at + 5), 16));
                        at += 4;
                    }
                    default -> string.append(escaped);
                }
            }
            at++;
            return string.toString();
        }

        private Long number() {
            int from = at;
            while (at < text.length() && "-0123456789".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            return Long.valueOf(text.substring(from, at));
        }

        private Object word(String word, Object meaning) {
            at += word.length();
            return meaning;
        }

        private void blanks() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }
    }
}
