package jp.kakunin.hub.activation;

import jp.kakunin.domain.InstitutionCode;

/// What a device that is being activated sends.
///
/// @param terms the version that was shown and accepted
public record ActivationRequest(
        InstitutionCode clinic, String id, String password, ActivationCode code, String terms, SigningRequest signing) {
    public static final int PASSWORD_CHARACTERS_MAX = 200;

    @Override
    public String toString() {
        return "ActivationRequest[" + clinic + "]";
    }
}
