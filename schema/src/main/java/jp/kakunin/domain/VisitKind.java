package jp.kakunin.domain;

/// 初検 or a later visit of the same course of treatment. Only a first visit must be confirmed by its due date.
public enum VisitKind {
    INITIAL,
    REPEAT
}
