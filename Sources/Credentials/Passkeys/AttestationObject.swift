/// What an authenticator answers when it made a passkey.
///
/// - Source: Web Authentication, sections 6.5, 8.2 and 8.7.
package struct AttestationObject: Sendable {
    package let authenticatorData: AuthenticatorData
    private let format: String
    private let statement: CBOR

    package init(_ bytes: [UInt8]) throws(PasskeyError) {
        let object = try CBORReader.read(bytes)
        guard case .map(let members) = object, members.count == 3,
            let format = object["fmt"]?.text, let statement = object["attStmt"],
            case .map = statement, let data = object["authData"]?.bytes
        else { throw .malformedAttestation }
        self.format = format
        self.statement = statement
        authenticatorData = try AuthenticatorData(data)
    }

    /// Whether the statement holds: that there is none, or that the new key signed itself.
    ///
    /// Who made the authenticator is never asked for, so a statement that says so is refused
    /// rather than believed unchecked.
    func verify(
        _ credential: AuthenticatorData.Credential,
        _ clientData: ClientData
    ) throws(PasskeyError) {
        guard case .map(let members) = statement else { throw .malformedAttestation }
        switch format {
        case "none":
            guard members.isEmpty else { throw .badAttestation }
        case "packed":
            guard statement["x5c"] == nil else { throw .attestationNotWanted("packed with x5c") }
            guard members.count == 2, let number = statement["alg"]?.integer,
                number == credential.publicKey.algorithm.coseNumber,
                let signature = statement["sig"]?.bytes,
                credential.publicKey.isValid(
                    signature,
                    of: authenticatorData.bytes + clientData.hash,
                    spelling: .webAuthn
                )
            else { throw .badAttestation }
        default: throw .attestationNotWanted(String(format.prefix(32)))
        }
    }
}
