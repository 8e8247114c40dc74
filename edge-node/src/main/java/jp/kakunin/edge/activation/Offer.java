package jp.kakunin.edge.activation;

import java.net.URI;

/// What a hub that was found to be the right one says before anything secret is sent to it.
///
/// @param authorities PEM; the device trusts these alone from now on
public record Offer(URI hub, String authorities, String termsVersion, String termsJapanese, String termsEnglish) {}
