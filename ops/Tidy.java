import java.nio.file.attribute.BasicFileAttributes;

// Holds the repository to the rules that no compiler checks; run as `java ops/Tidy.java` from its root.
static final int FILE_LINES_MAX = 400;
static final int COLUMNS_MAX = 120;
static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
static final Pattern MARKER = Pattern.compile("\\b(?:TO" + "DO|FIX" + "ME|X" + "XX)\\b");
static final Pattern DECISION = Pattern.compile("(\\d{4})-[a-z0-9-]+\\.md");
static final Set<String> SKIPPED = Set.of("target", ".git", ".idea", ".vscode", ".settings");
static final Set<String> TEXTS = Set.of("java", "md", "xml", "avdl", "properties", "html", "css", "js", "sh");

final List<String> complaints = new ArrayList<>();

void main() throws IOException {
    List<Path> files = files(Path.of(""));
    for (Path file : files) {
        String name = file.getFileName().toString();
        String ending = name.substring(name.lastIndexOf('.') + 1);
        if (TEXTS.contains(ending) || !name.contains(".") && isScript(file)) {
            List<String> lines = Files.readAllLines(file);
            checkMarkers(file, lines);
            switch (ending) {
                case "java" -> checkJava(file, lines);
                case "md" -> checkLinks(file, lines);
                default -> {}
            }
        }
    }
    checkPackages(files);
    checkDecisions(files);
    complaints.forEach(System.err::println);
    System.out.printf("tidy: %d files, %d complaints%n", files.size(), complaints.size());
    System.exit(complaints.isEmpty() ? 0 : 1);
}

List<Path> files(Path root) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(root, new SimpleFileVisitor<>() {
        @Override
        public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            return SKIPPED.contains(dir.getFileName().toString()) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile()) found.add(file);
            return FileVisitResult.CONTINUE;
        }
    });
    found.sort(null);
    return found;
}

boolean isScript(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
        return Arrays.equals(in.readNBytes(2), new byte[] {'#', '!'});
    }
}

void checkMarkers(Path file, List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
        if (MARKER.matcher(lines.get(i)).find()) {
            complain(file, i, "leftover marker: do it, or write down in ops/decisions/ what stays unsolved");
        }
    }
}

void checkJava(Path file, List<String> lines) {
    if (lines.size() > FILE_LINES_MAX) {
        complain(file, FILE_LINES_MAX, "longer than " + FILE_LINES_MAX + " lines: it holds more than one concept");
    }
    for (int i = 0; i < lines.size(); i++) {
        String text = lines.get(i).strip();
        int indent = lines.get(i).length() - lines.get(i).stripLeading().length();
        // The formatter counts the indent of a Markdown comment twice and tears longer lines apart.
        if (text.startsWith("///") && text.length() + 2 * indent > COLUMNS_MAX) {
            complain(file, i, "wrap this comment at column " + (COLUMNS_MAX - indent));
        }
    }
}

void checkLinks(Path file, List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
        for (MatchResult link : LINK.matcher(lines.get(i)).results().toList()) {
            String target = link.group(1).replaceFirst("#.*", "");
            boolean elsewhere = target.isEmpty() || target.contains(":");
            if (!elsewhere && !Files.exists(file.resolveSibling(target))) {
                complain(file, i, "dead link: " + target);
            }
        }
    }
}

void checkPackages(List<Path> files) {
    files.stream()
            .filter(file -> file.toString().contains("/src/main/java/") && file.toString().endsWith(".java"))
            .map(Path::getParent)
            .distinct()
            .filter(dir -> !Files.exists(dir.resolve("package-info.java")))
            .forEach(dir -> complain(dir, 0, "no package-info.java that says what the package is for"));
}

void checkDecisions(List<Path> files) {
    int next = 1;
    for (Path file : files) {
        if (!file.startsWith(Path.of("ops", "decisions"))) continue;
        Matcher name = DECISION.matcher(file.getFileName().toString());
        if (!name.matches()) {
            complain(file, 0, "a decision is named NNNN-short-title.md");
        } else if (Integer.parseInt(name.group(1)) != next++) {
            complain(file, 0, "decisions are numbered without gaps or repeats; expected %04d".formatted(next - 1));
        }
    }
}

void complain(Path file, int line, String what) {
    complaints.add(file + ":" + (line + 1) + ": " + what);
}
