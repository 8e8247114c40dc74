/// The words both sides share: ids, months, facts, answers, standings and the rules between them. Pure: no clock, no
/// I/O, no wire format.
@NullMarked
package jp.kakunin.domain;

import org.jspecify.annotations.NullMarked;
