/// The receipt computer's side of the edge: visits with what claim forms ask for, told again whenever they change, over
/// HTTP and into a folder. The only place where the address of the insured leaves the edge.
@NullMarked
package jp.kakunin.edge.receipt;

import org.jspecify.annotations.NullMarked;
