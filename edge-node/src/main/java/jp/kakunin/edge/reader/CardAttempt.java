package jp.kakunin.edge.reader;

/// What is done with a card once it is claimed for us.
interface CardAttempt<T> {
    T run(String reader, GuardedLink link, JpkiCard card) throws CardTrouble, Refusal;
}
