import Credentials

/// What a browser answers for a passkey that is used.
struct PasskeyAnswer: Sendable {
    let answer: RelyingParty.Answer
    let clientData: ClientData
}

/// An answer, and the challenge that it answers.
struct PasskeyProof: Sendable {
    let challenge: OpaqueToken
    let answer: PasskeyAnswer
}

/// `{ challenge_id, credential }` of a passkey that was used.
struct PasskeyProofRequest: RequestFields {
    let proof: PasskeyProof

    init(_ fields: inout FieldReader) {
        proof = PasskeyProof(
            challenge: fields.required("challenge_id", .challenge),
            answer: fields.required("credential", .usedPasskey)
        )
    }
}

/// `{ challenge_id, credential, name }` of a passkey that was made.
struct NewPasskeyRequest: RequestFields {
    let challenge: OpaqueToken
    let name: String
    /// Nil only for what was refused.
    let credential: NewPasskey?

    init(_ fields: inout FieldReader) {
        challenge = fields.required("challenge_id", .challenge)
        name = fields.required("name", .text(1...64))
        credential = fields.required("credential", .newPasskey)
    }
}

/// What a browser answers for a passkey that is made.
struct NewPasskey: Sendable {
    let rawID: [UInt8]
    let clientData: ClientData
    let attestation: AttestationObject
}

extension FieldKind where Value == OpaqueToken {
    static var challenge: FieldKind {
        FieldKind(schema: .text(range: 43...43), placeholder: { OpaqueToken() }) { value, _ in
            guard case .string(let text) = value else { return .wrongType("text", value) }
            return OpaqueToken(text).map { .value($0) }
                ?? .fault("not_a_challenge", "what the options came with")
        }
    }
}

// MARK: The forms of browsers

/// Reads the JSON that browsers make of a credential (`PublicKeyCredential.toJSON`). Members that are
/// not needed are left out: browsers add some.
///
/// - Source: Web Authentication level 3, section 5.1.
private struct CredentialJSON {
    private let response: JSONValue
    let rawID: [UInt8]

    /// The longest member: an attestation object with the longest id.
    ///
    /// - Units: characters
    static let memberLimit = 16_384

    init?(_ value: JSONValue) {
        guard case .object = value, value["type"] == .string("public-key"),
            let response = value["response"], case .object = response,
            let id = Self.bytes(value["rawId"]), value["id"] == value["rawId"],
            AuthenticatorData.credentialIDLengths.contains(id.count)
        else { return nil }
        self.response = response
        rawID = id
    }

    func bytes(_ name: String) -> [UInt8]? { Self.bytes(response[name]) }

    var hasUserHandle: Bool { response["userHandle"] ?? .null != .null }

    var clientData: ClientData? { bytes("clientDataJSON").flatMap { ClientData(json: $0) } }

    private static func bytes(_ value: JSONValue?) -> [UInt8]? {
        guard case .string(let text) = value, text.utf8.count <= memberLimit else { return nil }
        return Base64URL.decode(text)
    }

    /// - Parameter members: the members of `response`.
    static func schema(_ members: [String]) -> Schema {
        let text = Schema.text(range: 1...memberLimit)
        let field = { (name: String) in SchemaField(name: name, schema: text, isRequired: true) }
        return .object([
            field("id"), field("rawId"),
            SchemaField(name: "type", schema: .choice(["public-key"]), isRequired: true),
            SchemaField(name: "response", schema: .object(members.map(field)), isRequired: true),
        ])
    }
}

extension ClientData {
    /// Nil for what no browser would write.
    ///
    /// - Source: Web Authentication level 3, section 5.8.1.
    init?(json: [UInt8]) {
        let value: JSONValue
        do throws(JSONError) { value = try JSONReader.read(json) } catch { return nil }
        guard case .string(let type) = value["type"], case .string(let text) = value["challenge"],
            case .string(let origin) = value["origin"], let challenge = Base64URL.decode(text)
        else { return nil }
        let crossOrigin: Bool
        switch value["crossOrigin"] {
        case nil, .null: crossOrigin = false
        case .boolean(let flag): crossOrigin = flag
        default: return nil
        }
        let topOrigin: String?
        switch value["topOrigin"] {
        case nil, .null: topOrigin = nil
        case .string(let text): topOrigin = text
        default: return nil
        }
        self.init(
            type: type,
            challenge: challenge,
            origin: origin,
            crossOrigin: crossOrigin,
            topOrigin: topOrigin,
            json: json
        )
    }

    /// Stands where a request could not be read; it is never used.
    fileprivate static var none: ClientData {
        ClientData(
            type: "",
            challenge: [],
            origin: "",
            crossOrigin: true,
            topOrigin: nil,
            json: []
        )
    }
}

extension FieldKind where Value == PasskeyAnswer {
    static var usedPasskey: FieldKind {
        FieldKind(
            schema: CredentialJSON.schema(["clientDataJSON", "authenticatorData", "signature"]),
            placeholder: { PasskeyAnswer(answer: .none, clientData: .none) }
        ) { value, _ in
            guard let json = CredentialJSON(value), let clientData = json.clientData,
                let data = json.bytes("authenticatorData"), let signature = json.bytes("signature"),
                json.hasUserHandle == (json.bytes("userHandle") != nil)
            else { return .fault("not_a_credential", "what navigator.credentials.get gave") }
            return .value(
                PasskeyAnswer(
                    answer: RelyingParty.Answer(
                        rawID: json.rawID,
                        authenticatorData: data,
                        signature: signature,
                        userHandle: json.bytes("userHandle")
                    ),
                    clientData: clientData
                )
            )
        }
    }
}

extension RelyingParty.Answer {
    fileprivate static var none: RelyingParty.Answer {
        RelyingParty.Answer(rawID: [], authenticatorData: [], signature: [], userHandle: nil)
    }
}

extension FieldKind where Value == NewPasskey? {
    /// Nil only for what was refused.
    static var newPasskey: FieldKind {
        FieldKind(
            schema: CredentialJSON.schema(["clientDataJSON", "attestationObject"]),
            placeholder: { nil }
        ) { value, _ in
            guard let json = CredentialJSON(value), let clientData = json.clientData,
                let bytes = json.bytes("attestationObject")
            else { return .fault("not_a_credential", "what navigator.credentials.create gave") }
            do throws(PasskeyError) {
                let attestation = try AttestationObject(bytes)
                return .value(
                    NewPasskey(
                        rawID: json.rawID,
                        clientData: clientData,
                        attestation: attestation
                    )
                )
            } catch {
                return .fault("not_acceptable", error.words)
            }
        }
    }
}
