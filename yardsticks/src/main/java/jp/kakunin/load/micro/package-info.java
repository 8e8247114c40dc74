/// Single operations of the product beside the plain operation each cannot do without.
@NullMarked
package jp.kakunin.load.micro;

import org.jspecify.annotations.NullMarked;
