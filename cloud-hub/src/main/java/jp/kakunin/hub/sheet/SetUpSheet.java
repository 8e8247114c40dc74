package jp.kakunin.hub.sheet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import jp.kakunin.domain.TreatmentMonth;
import jp.kakunin.hub.activation.AccountOffice.Issued;
import jp.kakunin.hub.fleet.Clinic;
import org.apache.pdfbox.pdmodel.PDDocument;

/// The set-up sheet: what a clinic needs to activate one device, how it is done, and what to do when it fails. In
/// Japanese, one page, for the clinic's binder.
public final class SetUpSheet {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy年M月d日", Locale.JAPAN);

    private SetUpSheet() {}

    /// @param helpDesk how the clinic reaches the office
    /// @return the PDF
    public static byte[] of(Issued issued, String helpDesk) throws IOException {
        var page = new Page();
        page.line("資格確認端末 セットアップ票", 20);
        page.gap(6);
        page.line(issued.clinic().name() + " 御中", 14);
        List<String> others = issued.site().stream()
                .filter(clinic -> !clinic.equals(issued.clinic()))
                .map(Clinic::name)
                .toList();
        if (!others.isEmpty()) {
            page.line("併設: " + String.join("、", others), 11);
        }
        page.gap(10);
        page.field("機関コード", issued.clinic().code().digits(), 17);
        page.field("ID", issued.id(), 17);
        String password = issued.password();
        if (password == null) {
            page.gap(6);
            page.line("パスワード          前回のセットアップ票のものをお使いください。", 11);
        } else {
            page.field("パスワード", password, 17);
        }
        page.field("ハブのアドレス", issued.hub(), 14);
        page.field("ハブの照合値", issued.check().toString(), 14);
        page.gap(18);
        page.frame(92);
        page.gap(4);
        page.line("  アクティベーションコード（12桁・1台・1回だけ）", 12);
        page.large(issued.code().grouped(), 36);
        page.gap(8);
        LocalDate until = TreatmentMonth.dateAt(issued.until());
        page.line("有効期限: " + DATE.format(until) + "まで", 11);
        page.gap(10);
        page.line("手順", 14);
        List<String> steps = List.of(
                "1. 受付のパソコンで資格確認アプリを起動すると、「この端末を使えるようにする」画面が開きます。",
                "2. ハブのアドレスと照合値を入力します。照合値が合わないときは、先へ進まず下記へご連絡ください。",
                "3. 利用規約を読み、同意します。",
                "4. 機関コード、ID、パスワード、アクティベーションコードを入力します。コードの区切りは省いても構いません。",
                "5. 受付画面が開けば完了です。この票は鍵のかかる場所に保管してください。");
        steps.forEach(step -> page.paragraph(step, 8, 10.5f));
        page.gap(8);
        page.line("うまくいかないとき", 14);
        List<String> troubles = List.of(
                "・「入力が一致しません」: 4つの項目をこの票と見比べてください。続けて5回まちがえると15分間受け付けません。",
                "・「コードは使用済みか期限切れです」: 新しいコードが必要です。下記へご連絡ください。",
                "・「ハブに届きません」: 回線とパソコンの日付・時刻を確かめてください。",
                "・パソコンを替えるとき、なくしたとき: 前の端末を止めて新しいコードを出します。下記へご連絡ください。");
        troubles.forEach(trouble -> page.paragraph(trouble, 8, 10.5f));
        page.gap(10);
        page.line("お問い合わせ: " + helpDesk, 12);
        try (var document = new PDDocument();
                var out = new ByteArrayOutputStream()) {
            document.getDocumentInformation()
                    .setTitle("セットアップ票 " + issued.clinic().code());
            page.addTo(document);
            document.save(out);
            return out.toByteArray();
        }
    }
}
