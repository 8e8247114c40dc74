/// Domain values to bytes and back. The generated Avro classes never leave this package.
@NullMarked
package jp.kakunin.codec;

import org.jspecify.annotations.NullMarked;
