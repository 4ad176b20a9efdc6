import Foundation
package import Interchange
package import Ledger

/// What a person decided about a file: small, beside the file, so that the drafts need not be stored.
package struct ImportDecisions: Codable, Sendable {
    /// The account of each statement of the file, by its index.
    package var accounts: [Int: String] = [:]
    package var overrides = CSVOverrides()
    /// By the number of the row.
    package var rows: [Int: Row] = [:]
    /// By the folded payee.
    package var categories: [String: String] = [:]

    package struct Row: Codable, Sendable {
        package var included: Bool?
        package var category: String?
        package var payee: String?
    }

    package func account(of statement: Int) -> AccountID? {
        accounts[statement].flatMap { AccountID($0) }
    }

    package var json: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys]
            return Array(try encoder.encode(self))
        }
    }

    package init() {}

    package init(json: [UInt8]) throws {
        self = try JSONDecoder().decode(ImportDecisions.self, from: Data(json))
    }
}

extension CSVOverrides {
    init(json: [UInt8]) throws {
        self = try JSONDecoder().decode(CSVOverrides.self, from: Data(json))
    }

    var json: [UInt8] {
        get throws { Array(try JSONEncoder().encode(self)) }
    }
}
