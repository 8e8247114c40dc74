package jp.kakunin.edge.reader;

import java.util.Arrays;

/// A link that lets through allowed commands only, stops when nobody waits for the result any more, and collects
/// answers that come in pieces.
final class GuardedLink {
    private static final int PIECES_MAX = 64;

    private final CardPort.Link link;
    private final Claim claim;

    GuardedLink(CardPort.Link link, Claim claim) {
        this.link = link;
        this.claim = claim;
    }

    /// For commands whose repetition is harmless: follows `61xx` (more to fetch) and `6Cxx` (say this length).
    Answer ask(byte[] command) throws CardTrouble {
        Answer answer = once(command);
        if (answer.sw1() == 0x6C && endsWithLength(command)) {
            byte[] corrected = command.clone();
            corrected[corrected.length - 1] = (byte) answer.sw2();
            answer = once(corrected);
        }
        for (int pieces = 0; answer.sw1() == 0x61; pieces++) {
            if (pieces == PIECES_MAX) {
                throw new CardTrouble(CardTrouble.Kind.TRANSPORT, "answer in more than " + PIECES_MAX + " pieces");
            }
            answer = once(Jpki.getResponse(answer.sw2())).after(answer.data);
        }
        return answer;
    }

    /// Sends the command exactly once, whatever the answer: a second VERIFY would cost a second try.
    Answer once(byte[] command) throws CardTrouble {
        claim.require();
        AllowedCommands.require(command);
        try {
            return Answer.parse(link.transmit(command));
        } catch (IllegalArgumentException | IllegalStateException e) {
            // PC/SC bindings meet a card torn out in the middle of an answer with unchecked exceptions.
            throw new CardTrouble(CardTrouble.Kind.TRANSPORT, e.getClass().getSimpleName() + " in transmit");
        }
    }

    /// Sends a command with a PIN once and overwrites it.
    Answer onceSecret(byte[] command) throws CardTrouble {
        try {
            return once(command);
        } finally {
            Arrays.fill(command, (byte) 0);
        }
    }

    private static boolean endsWithLength(byte[] command) {
        int ins = command[1] & 0xFF;
        return ins == Jpki.INS_READ_BINARY && command.length == 5 || ins == Jpki.INS_SIGN;
    }
}
