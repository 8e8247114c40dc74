package jp.kakunin.load.authority;

import java.util.ArrayList;
import java.util.List;
import jp.kakunin.domain.Particulars;
import jp.kakunin.domain.Particulars.Relation;
import jp.kakunin.domain.Particulars.Sex;
import jp.kakunin.hub.authority.OqsNode;

/// What the national system says for claim forms, as far as the registry knows it.
final class OqsParticularsNodes {
    private OqsParticularsNodes() {}

    static List<OqsNode> of(Particulars told) {
        List<OqsNode> nodes = new ArrayList<>();
        Relation relation = told.relation();
        if (relation != null) {
            nodes.add(OqsNode.of("PersonalFamilyClassification", relation.code()));
        }
        add(nodes, "InsuredName", told.insuredName());
        Sex sex = told.sex();
        if (sex != null) {
            nodes.add(OqsNode.of("Sex1", sex.code()));
        }
        add(nodes, "Address", told.address());
        add(nodes, "PostNumber", told.postNumber());
        add(nodes, "InsurerName", told.insurerName());
        if (told.preschool()) {
            nodes.add(OqsNode.of("PreschoolClassification", "1"));
        }
        Integer elderly = told.elderlyPercent();
        if (elderly != null) {
            nodes.add(OqsNode.of(
                    "ElderlyRecipientCertificateInfo",
                    OqsNode.of("ElderlyRecipientContributionRatio", String.format("%03d", elderly))));
        }
        return nodes;
    }

    private static void add(List<OqsNode> nodes, String name, String text) {
        if (!text.isEmpty()) {
            nodes.add(OqsNode.of(name, text));
        }
    }
}
