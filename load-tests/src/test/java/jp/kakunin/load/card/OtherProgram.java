package jp.kakunin.load.card;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import jp.kakunin.edge.reader.CardPort;
import jp.kakunin.edge.reader.CardTrouble;
import jp.kakunin.edge.reader.PcscPort;

/// Another program on the same machine that claims the card: as a child process, so that it can be killed.
final class OtherProgram implements AutoCloseable {
    private static final String READY = "ready";

    private final Process process;

    private OtherProgram(Process process) {
        this.process = process;
    }

    /// Connects, sends the commands and keeps the card claimed until it is stopped or killed.
    static OtherProgram claim(String reader, List<String> commandsHex) throws IOException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProgram.class.getName(),
                        reader,
                        String.join(",", commandsHex))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        OtherProgram program = new OtherProgram(process);
        String line = process.inputReader(StandardCharsets.UTF_8).readLine();
        if (!READY.equals(line)) {
            program.close();
            throw new IOException("the other program said: " + line);
        }
        return program;
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    public static void main(String[] args) throws CardTrouble, IOException {
        try (CardPort.Session session = new PcscPort().open();
                CardPort.Link link = session.connect(args[0])) {
            for (String hex : args[1].split(",", 0)) {
                byte[] answer = link.transmit(HexFormat.of().parseHex(hex));
                if ((answer[answer.length - 2] & 0xFF) != 0x90) {
                    throw new IOException(
                            "answer to " + hex + ": " + HexFormat.of().formatHex(answer));
                }
            }
            System.out.println(READY);
            int _ = System.in.read();
        }
    }
}
