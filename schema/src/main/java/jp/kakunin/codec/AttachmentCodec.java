package jp.kakunin.codec;

import java.nio.ByteBuffer;
import jp.kakunin.avro.AttachmentRecord;
import jp.kakunin.domain.CheckId;

/// Card evidence as the bytes that go into its [SealedBox]. They lie there for weeks, so they name their schema.
public final class AttachmentCodec {
    private static final RecordForm<AttachmentRecord> FORM = new RecordForm<>(AttachmentRecord.getClassSchema());

    private AttachmentCodec() {}

    public static byte[] encode(CardAttachment attachment) {
        byte[] signature = attachment.signature();
        return FORM.tagged(new AttachmentRecord(
                Atoms.id(attachment.check().value()),
                ByteBuffer.wrap(attachment.certificate()),
                signature == null ? null : ByteBuffer.wrap(signature)));
    }

    public static CardAttachment decode(byte[] bytes) throws MalformedFrameException {
        AttachmentRecord record = FORM.fromTagged(bytes);
        ByteBuffer signature = record.getSignature();
        return new CardAttachment(
                new CheckId(Atoms.uuid(record.getCheck())),
                Atoms.bytes(record.getCertificate()),
                signature == null ? null : Atoms.bytes(signature));
    }
}
