/// What an edge and the hub say to each other, as values. Pure, like the domain: both protocol machines work on these.
@NullMarked
package jp.kakunin.exchange;

import org.jspecify.annotations.NullMarked;
