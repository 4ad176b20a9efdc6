import Credentials
import Foundation

extension ClientData {
    /// As Features reads it, with Foundation's reader instead.
    init(testing json: [UInt8]) throws {
        struct Members: Decodable {
            let type: String
            let challenge: String
            let origin: String
            let crossOrigin: Bool?
            let topOrigin: String?
        }
        let members = try JSONDecoder().decode(Members.self, from: Data(json))
        let padding = String(repeating: "=", count: (4 - members.challenge.count % 4) % 4)
        let base64 = members.challenge.replacing("-", with: "+").replacing("_", with: "/") + padding
        self.init(
            type: members.type,
            challenge: Array(Data(base64Encoded: base64) ?? Data()),
            origin: members.origin,
            crossOrigin: members.crossOrigin ?? false,
            topOrigin: members.topOrigin,
            json: json
        )
    }
}
