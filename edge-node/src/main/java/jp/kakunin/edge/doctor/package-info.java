/// Finds out which part of a clinic's installation is broken, and packs what a supplier needs to know of it.
@NullMarked
package jp.kakunin.edge.doctor;

import org.jspecify.annotations.NullMarked;
