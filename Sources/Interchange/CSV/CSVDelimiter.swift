/// What stands between the columns.
package enum CSVDelimiter: String, CaseIterable, Hashable, Codable, Sendable {
    case comma = ","
    case semicolon = ";"
    case tab = "\t"
    case pipe = "|"

    var byte: UInt8 {
        switch self {
        case .comma: 44
        case .semicolon: 59
        case .tab: 9
        case .pipe: 124
        }
    }
}
