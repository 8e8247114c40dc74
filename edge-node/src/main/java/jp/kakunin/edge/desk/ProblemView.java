package jp.kakunin.edge.desk;

/// A problem as a page shows it; empty texts when there is none.
public record ProblemView(String code, String field, String staff, String supplier) {
    static final ProblemView NONE = new ProblemView("", "", "", "");

    static ProblemView of(Problem problem, Texts texts) {
        return new ProblemView(
                problem.code(), problem.field(), texts.text(problem.staffKey()), texts.text(problem.supplierKey()));
    }
}
