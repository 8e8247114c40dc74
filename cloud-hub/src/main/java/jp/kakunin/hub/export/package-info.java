/// Takes sealed exports: what a device could not send over the line and somebody carried here.
@NullMarked
package jp.kakunin.hub.export;

import org.jspecify.annotations.NullMarked;
