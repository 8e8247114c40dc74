/// Whether the hub holds what it acknowledged: every visit is read back through the clinics' own history and compared
/// with what the script of the scenario says it must stand at.
@NullMarked
package jp.kakunin.load.verification;

import org.jspecify.annotations.NullMarked;
