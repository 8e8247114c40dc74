/// Who may use the desk's screens: the passcode and its lock, and the tablets that were paired.
@NullMarked
package jp.kakunin.edge.door;

import org.jspecify.annotations.NullMarked;
