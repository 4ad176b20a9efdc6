import Ledger

/// An entry of the trail in people's words.
struct TrailSentence {
    let text: String

    init(_ entry: TrailEntry) {
        let sentence = Self.sentence(entry)
        text = entry.record.undoes == nil ? sentence : "Took back: \(sentence)"
    }

    private static func sentence(_ entry: TrailEntry) -> String {
        let record = entry.record
        switch (record.entity, record.action) {
        case ("route", "refuse"): return "Was refused \(entry.after["route"]?.plain ?? "a request")"
        case ("transaction", "export"): return "Exported transactions"
        case ("account", "reorder"): return "Put the accounts in another order"
        case ("account", "show"): return "Said who sees the account\(name(entry))"
        case ("grant", "create"): return "Let\(name(entry)) look at the household for a while"
        case ("grant", "delete"): return "Ended the grant of\(name(entry))"
        case ("grant", "look"): return "Looked at the household by a grant"
        case ("trail", "archive"): return "Moved old entries of the trail into a file"
        case ("import", "commit"): return imported(entry)
        case ("import", "undo"): return "Took back the import\(name(entry))"
        case ("import", "read"): return "Read a bank's file"
        case ("import", "fail"): return "Could not finish an import"
        case ("transfer", "link"): return "Linked the two sides of a transfer"
        case ("transfer", "unlink"): return "Parted the two sides of a transfer"
        case ("transfer", "reject"): return "Said that two transactions are no transfer"
        case ("transfer", "unreject"): return "Let two transactions be a transfer again"
        case ("budget_settings", "update"): return "Changed how the budget is looked at"
        case ("budget_period", _): return planned(entry)
        case ("goal", "reorder"): return "Put the goals in another order"
        case ("goal", "pause"): return "Let the goal\(name(entry)) rest"
        case ("goal", "resume"): return "Went on with the goal\(name(entry))"
        case ("goal", "finish"): return "Finished the goal\(name(entry))"
        case ("goal_contribution", "create"): return earmarked(entry)
        case ("goal_contribution", "automatic"): return "Earmarked what goals ask for by themselves"
        case ("goal_contribution", "take_back"):
            return "Took off what goals had asked for by themselves"
        case ("debt_settings", _): return "Changed how debts are paid off"
        case ("debt", "create"): return "Said what the lender of\(name(entry)) asks for"
        case ("recurring", "dismiss"): return "Said that payments are no bill\(name(entry))"
        case ("recurring", "restore"): return "Showed payments again that come again\(name(entry))"
        case ("task", "ask"): return "Opened or closed tasks where somebody has to act"
        case ("bill", _) where !isPlain(record.action): return settled(entry)
        case (_, "purge"): return "Removed \(count(entry)) for good"
        case (_, "bulk_patch"): return "Changed \(count(entry))"
        case (_, "bulk_delete"): return "Deleted \(count(entry))"
        case (_, "bulk_restore"): return "Brought back \(count(entry))"
        case (_, "create"): return "Added \(object(entry))"
        case (_, "update"): return "Changed \(object(entry))"
        case (_, "delete"): return "Deleted \(object(entry))"
        case (_, "restore"): return "Brought back \(object(entry))"
        default:
            let words = "\(record.action) \(record.entity)".replacing("_", with: " ")
            return words.prefix(1).uppercased() + words.dropFirst()
        }
    }

    private static func imported(_ entry: TrailEntry) -> String {
        let rows = entry.after["posted"]?.plain ?? "the"
        return "Imported \(rows) rows\(name(entry["import"]))"
    }

    private static func isPlain(_ action: String) -> Bool {
        ["create", "update", "delete", "restore", "purge"].contains(action)
    }

    private static func settled(_ entry: TrailEntry) -> String {
        let day = entry.after["nominal_on"]?.plain.map { " of \($0)" } ?? ""
        let bill = "the bill\(name(entry))\(day)"
        switch entry.record.action {
        case "pause": return "Paused \(bill)"
        case "resume": return "Resumed \(bill)"
        case "skip": return "Skipped \(bill)"
        case "unskip": return "Expected \(bill) again"
        case "post": return "Booked \(bill)"
        case "unpost": return "Took away what was booked for \(bill)"
        case "match": return "Said what paid \(bill)"
        case "unmatch": return "Said what did not pay \(bill)"
        case "reject": return "Said what does not pay \(bill)"
        case "propose": return "Proposed again what may have paid \(bill)"
        default: return "Changed \(bill)"
        }
    }

    private static func planned(_ entry: TrailEntry) -> String {
        let period = entry.after["period"]?.plain ?? "a period"
        switch entry.record.action {
        case "move": return "Moved money in the budget of \(period)"
        case "cover": return "Covered overspending in the budget of \(period)"
        case "fill": return "Filled the budget of \(period)"
        case "hold": return "Held income of \(period) for the next period"
        case "lock": return "Locked the budget of \(period)"
        case "unlock": return "Opened the budget of \(period) again"
        default: return "Changed the budget of \(period)"
        }
    }

    private static func earmarked(_ entry: TrailEntry) -> String {
        let amount = entry.after["amount"]?.plain ?? ""
        let currency = entry.after["currency"]?.plain ?? ""
        guard amount.hasPrefix("-") else {
            return "Earmarked \(amount) \(currency) for\(name(entry))"
        }
        return "Took \(amount.dropFirst()) \(currency) out of the goal\(name(entry))"
    }

    private static func count(_ entry: TrailEntry) -> String {
        let noun = entry.record.entity
        let plural = noun == "category" ? "categories" : noun + "s"
        return entry.changeCount == 1 ? "1 \(noun)" : "\(entry.changeCount) \(plural)"
    }

    private static func object(_ entry: TrailEntry) -> String {
        "the \(entry.record.entity.replacing("_", with: " "))\(name(entry))\(amount(entry))"
    }

    /// What it is called: by now, or before it was deleted.
    private static func name(_ entry: TrailEntry) -> String {
        name(entry.after) + (name(entry.after).isEmpty ? name(entry.before) : "")
    }

    private static func name(_ value: JSONValue) -> String {
        let name = ["name", "title", "payee", "file_name"].lazy.compactMap { value[$0]?.plain }
            .first
        return name.map { " “\($0)”" } ?? ""
    }

    private static func amount(_ entry: TrailEntry) -> String {
        guard entry.record.entity == "transaction" else { return "" }
        for value in [entry.after, entry.before] {
            guard let amount = value["amount"]?.plain, let currency = value["currency"]?.plain
            else { continue }
            return " of \(amount) \(currency)"
        }
        return ""
    }
}

extension TrailEntry {
    fileprivate subscript(name: String) -> JSONValue { after[name] ?? .null }
}

extension JSONValue {
    /// A text or a number as it is shown.
    var plain: String? {
        switch self {
        case .string(let text), .number(let text): text
        default: nil
        }
    }
}
