/// Decides what each column holds, by its name where it has one and by its cells.
struct CSVRoles {
    private(set) var roles: [CSVRole]
    /// What the words of the direction column mean.
    private(set) var directions: [String: MoneyDirection] = [:]

    private let profiles: [CSVProfile]
    private let matches: [CSVHeaderWords.Match?]

    init(_ layout: CSVLayout, _ profiles: [CSVProfile]) {
        self.profiles = profiles
        roles = [CSVRole](repeating: .ignore, count: profiles.count)
        matches = profiles.indices.map { index in
            guard let header = layout.header, index < header.count else { return nil }
            return CSVHeaderWords.match(header[index]).map { match in
                CSVHeaderWords.Match(
                    role: Self.fitting(match.role, profiles[index]), score: match.score)
            }
        }
        takeNamed()
        takeByContent()
        settleAmounts()
        settleDirection()
        settleTexts()
    }

    var count: Int { roles.count }

    /// A role that one column only can have is taken from the column that had it.
    mutating func set(_ role: CSVRole, at index: Int) {
        if role.isSingle, let other = first(role), other != index { roles[other] = .ignore }
        for other in roles.indices {
            let isOtherWay = role == .amount
                ? roles[other] == .debit || roles[other] == .credit
                : (role == .debit || role == .credit) && roles[other] == .amount
            if isOtherWay { roles[other] = .ignore }
        }
        roles[index] = role
        if role == .direction { directions = profiles[index].directions(isNamed: true) ?? [:] }
    }

    /// Some words mean different things in different languages; the cells tell.
    private static func fitting(_ role: CSVRole, _ profile: CSVProfile) -> CSVRole {
        guard profile.filled > 0 else { return role }
        switch role {
        case .currency, .amount, .payee, .payer, .text:
            if profile.isDate { return .valueDate }
            if role == .payee || role == .text || role == .payer, profile.isMoney { return .ignore }
            if role == .amount || role == .currency { return numberOr(role, profile) }
            return role
        case .date, .valueDate:
            return profile.isDate ? role : profile.isMoney ? .amount : .ignore
        case .debit, .credit, .balance, .fee:
            return numberOr(role, profile)
        case .direction:
            return profile.isMoney ? .ignore : role
        default: return role
        }
    }

    private static func numberOr(_ role: CSVRole, _ profile: CSVProfile) -> CSVRole {
        if role == .currency, !profile.isNumber { return profile.isCurrency ? .currency : .ignore }
        if profile.isNumber { return role == .currency ? .amount : role }
        if profile.directions(isNamed: true) != nil { return .direction }
        return profile.isText && role != .balance && role != .fee ? .text : .ignore
    }

    private mutating func takeNamed() {
        for role in CSVRole.allCases where role != .ignore {
            let found = matches.indices.filter { matches[$0]?.role == role }
            if role.isSingle {
                if let best = best(found) { roles[best] = role }
            } else {
                for index in found where (matches[index]?.score ?? 0) > 15 { roles[index] = role }
            }
        }
    }

    /// The best named, the leftmost among equals; an empty column only when there is no other.
    private func best(_ indices: [Int]) -> Int? {
        func rank(_ index: Int) -> (Int, Int, Int) {
            let isEmpty = profiles[index].filled == 0
            return (isEmpty ? 0 : 1, matches[index]?.score ?? 0, -index)
        }
        return indices.max { rank($0) < rank($1) }
    }

    private func first(_ role: CSVRole) -> Int? { roles.firstIndex(of: role) }

    private var free: [Int] { roles.indices.filter { roles[$0] == .ignore && matches[$0] == nil } }

    private mutating func takeByContent() {
        if first(.date) == nil, let value = first(.valueDate) {
            roles[value] = .date
        }
        for index in roles.indices where roles[index] == .ignore && profiles[index].isDate {
            if first(.date) == nil { roles[index] = .date }
        }
        let hasNames = matches.contains { $0 != nil }
        if !hasNames, let second = free.first(where: { profiles[$0].isDate }) {
            roles[second] = .valueDate
        }
        if first(.currency) == nil, let found = free.first(where: { profiles[$0].isCurrency }) {
            roles[found] = .currency
        }
    }

    // MARK: Amounts

    private mutating func settleAmounts() {
        if let debit = first(.debit), first(.credit) == nil { settleLone(debit) }
        if let credit = first(.credit), first(.debit) == nil { settleLone(credit) }
        if first(.debit) != nil, let amount = first(.amount), pairIsFuller(than: amount) {
            roles[amount] = .ignore
        } else if first(.amount) != nil {
            for index in roles.indices where roles[index] == .debit || roles[index] == .credit {
                roles[index] = .ignore
            }
        }
        guard first(.amount) == nil, first(.debit) == nil else { return }
        takeAmountsByContent()
    }

    /// One column named for one way: a signed amount when both signs stand in it, or when it is income.
    private mutating func settleLone(_ index: Int) {
        let profile = profiles[index]
        let isMixed = profile.negatives > 0 && profile.negatives < profile.numbers
        if first(.amount) != nil {
            roles[index] = .ignore
        } else if roles[index] == .credit || isMixed {
            roles[index] = .amount
        }
    }

    private func pairIsFuller(than amount: Int) -> Bool {
        guard let debit = first(.debit), let credit = first(.credit) else { return false }
        return profiles[debit].filled + profiles[credit].filled >= profiles[amount].filled
    }

    private mutating func takeAmountsByContent() {
        let spoiled = roles.indices.filter { roles[$0] == .ignore && matches[$0]?.role == .amount }
        let money = free.filter { profiles[$0].isMoney }
        let numbers = free.filter { profiles[$0].isNumber && !profiles[$0].isConstant }
        let candidates = [money, spoiled, numbers].first { !$0.isEmpty } ?? []
        guard let first = candidates.first else { return }
        if candidates.count >= 2, isComplement(first, candidates[1]) {
            roles[first] = .debit
            roles[candidates[1]] = .credit
            if candidates.count >= 3 { takeBalance(candidates[2]) }
        } else {
            roles[first] = .amount
            if candidates.count >= 2, !spoiled.contains(candidates[1]) { takeBalance(candidates[1]) }
        }
    }

    private mutating func takeBalance(_ index: Int) {
        if first(.balance) == nil { roles[index] = .balance }
    }

    /// Two columns of which each row fills one.
    private func isComplement(_ one: Int, _ other: Int) -> Bool {
        let rows = profiles.map(\.filled).max() ?? 0
        let sum = profiles[one].filled + profiles[other].filled
        return sum >= rows * 9 / 10 && sum <= rows + rows / 10 && profiles[one].filled < rows
            && profiles[other].filled < rows
    }
}

// MARK: Direction and texts

extension CSVRoles {
    private mutating func settleDirection() {
        let named = first(.direction)
        if let named, let meanings = profiles[named].directions(isNamed: true) {
            directions = meanings
        } else if let named {
            roles[named] = .ignore
        }
        guard let amount = first(.amount) else {
            if let found = first(.direction) { roles[found] = .ignore }
            return
        }
        let isSigned = profiles[amount].negatives > 0
        if first(.direction) == nil, !isSigned {
            let candidates = roles.indices.filter {
                roles[$0] == .ignore || roles[$0] == .text || roles[$0] == .currency
            }
            for index in candidates {
                guard let meanings = profiles[index].directions(isNamed: false) else { continue }
                roles[index] = .direction
                directions = meanings
                break
            }
        }
        if isSigned, let found = first(.direction) { roles[found] = .ignore }
    }

    private mutating func settleTexts() {
        let hasText = roles.contains(.text) || roles.contains(.payee) || roles.contains(.payer)
        if !hasText {
            let isHeaderless = matches.allSatisfy { $0 == nil }
            for index in roles.indices where roles[index] == .ignore && profiles[index].isText {
                if isHeaderless || matches[index] == nil { roles[index] = .text }
            }
        }
        if !roles.contains(.payee), let payer = first(.payer) { roles[payer] = .payee }
        if let id = first(.bankID), !profiles[id].isUnique { roles[id] = .ignore }
        if let account = first(.account), !isAccount(account) { roles[account] = .ignore }
    }

    /// The own account: filled in every row, with few values.
    private func isAccount(_ index: Int) -> Bool {
        let rows = profiles.map(\.filled).max() ?? 0
        let profile = profiles[index]
        guard profile.filled == rows, profile.distinct.count <= ReadingLimits.csvStatements else {
            return false
        }
        return profile.isConstant || profile.distinct.count * 2 <= profile.filled
    }
}
