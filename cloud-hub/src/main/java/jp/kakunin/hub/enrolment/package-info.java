/// Enrolment of a device and its clinics: the identity folder of an edge node is made here.
@NullMarked
package jp.kakunin.hub.enrolment;

import org.jspecify.annotations.NullMarked;
