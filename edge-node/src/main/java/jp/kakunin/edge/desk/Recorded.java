package jp.kakunin.edge.desk;

import jp.kakunin.domain.FactId;
import jp.kakunin.domain.VisitId;

/// What was put on disk: the visit it belongs to, and the fact to take back if it was a mistake.
record Recorded(VisitId visit, FactId fact) {}
