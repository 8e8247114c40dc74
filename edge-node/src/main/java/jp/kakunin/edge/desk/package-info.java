/// The reception: turns what happens at the desk into facts, and shows where each visit stands. Pages and local API are
/// two faces of the same [jp.kakunin.edge.desk.Reception].
@NullMarked
package jp.kakunin.edge.desk;

import org.jspecify.annotations.NullMarked;
