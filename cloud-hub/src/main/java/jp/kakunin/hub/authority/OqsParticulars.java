package jp.kakunin.hub.authority;

import java.util.regex.Pattern;
import jp.kakunin.domain.Particulars;
import jp.kakunin.domain.Particulars.Relation;
import jp.kakunin.domain.Particulars.Sex;
import org.jspecify.annotations.Nullable;

/// What a result says for claim forms. None of it decides anything, so a part that is not understood was not told.
final class OqsParticulars {
    private static final Pattern PERCENT = Pattern.compile("0[0-9]{2}|100");

    private OqsParticulars() {}

    static Particulars of(OqsNode result) {
        return new Particulars(
                Particulars.told(result.value("PostNumber")),
                Particulars.told(result.value("Address")),
                Particulars.told(result.value("InsurerName")),
                Particulars.told(result.value("InsuredName")),
                Relation.of(result.value("PersonalFamilyClassification")),
                Sex.of(result.value("Sex1")),
                result.value("PreschoolClassification").equals("1"),
                percent(result.child("ElderlyRecipientCertificateInfo").value("ElderlyRecipientContributionRatio")));
    }

    private static @Nullable Integer percent(String ratio) {
        return PERCENT.matcher(ratio).matches() ? Integer.valueOf(ratio) : null;
    }
}
