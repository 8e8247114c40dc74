package jp.kakunin.codec;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.interfaces.XECPublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jp.kakunin.avro.ExportKeyRecord;
import jp.kakunin.avro.Point;
import jp.kakunin.avro.PolicyRecord;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.exchange.Reply.Policy;

/// The hub's policy, which travels with every reply and is kept by edges.
final class PolicyRecords {
    private PolicyRecords() {}

    static PolicyRecord record(Policy policy) {
        List<ExportKeyRecord> keys = new ArrayList<>();
        new TreeMap<>(policy.exportKeys())
                .forEach((month, key) ->
                        keys.add(new ExportKeyRecord(month.index(), new Point(SealedBox.point((XECPublicKey) key)))));
        return new PolicyRecord(policy.reconnectSpread().toMillis(), policy.versionMin(), keys);
    }

    static Policy policy(PolicyRecord record) {
        Map<TreatmentMonth, PublicKey> keys = new HashMap<>();
        for (ExportKeyRecord each : record.getExportKeys()) {
            keys.put(TreatmentMonth.ofIndex(each.getMonth()), key(each.getKey().bytes()));
        }
        return new Policy(Duration.ofMillis(record.getReconnectSpreadMillis()), record.getVersionMin(), keys);
    }

    private static PublicKey key(byte[] point) {
        try {
            return SealedBox.publicKey(point);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("an export key must be an X25519 public key", e);
        }
    }
}
