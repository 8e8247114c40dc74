/// That what is measured is what its name says.
@NullMarked
package jp.kakunin.load.micro;

import org.jspecify.annotations.NullMarked;
