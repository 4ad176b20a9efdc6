/// Decides what each column holds, by its name where it has one and by its cells.
struct CSVRoles {
    private(set) var roles: [CSVRole]
    /// What the words of the direction column mean.
    private(set) var directions: [String: MoneyDirection] = [:]
    /// A column of such words beside amounts that have signs: it tells whether these are turned round.
    private(set) var signWords: Int?

    private let profiles: [CSVProfile]
    private let matches: [CSVHeaderWords.Match?]

    init(_ layout: CSVLayout, _ profiles: [CSVProfile]) {
        self.profiles = profiles
        roles = [CSVRole](repeating: .ignore, count: profiles.count)
        matches = profiles.indices.map { index in
            guard let header = layout.header, index < header.count else { return nil }
            return CSVHeaderWords.match(header[index]).map { match in
                CSVHeaderWords.Match(
                    role: Self.fitting(match, profiles[index]),
                    score: match.score,
                    isSpoiled: match.isSpoiled
                )
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
            let isOtherWay =
                role == .amount
                ? roles[other] == .debit || roles[other] == .credit
                : (role == .debit || role == .credit) && roles[other] == .amount
            if isOtherWay { roles[other] = .ignore }
        }
        roles[index] = role
        if role == .direction { directions = profiles[index].directions(isNamed: true) ?? [:] }
    }

    /// Some words mean different things in different languages; the cells tell.
    private static func fitting(_ match: CSVHeaderWords.Match, _ profile: CSVProfile) -> CSVRole {
        let role = match.role
        guard profile.filled > 0 else { return role }
        switch role {
        case .date:
            if profile.isMoney { return .amount }
            // A column that is named so is kept with its broken cells, to name them.
            return profile.dates > 0 || match.score == 100 ? .date : .ignore
        case .valueDate: return profile.isDate ? role : profile.isMoney ? .amount : .ignore
        case .amount, .debit, .credit, .balance, .fee: return ofNumbers(match, profile)
        case .currency:
            if profile.isDate { return .valueDate }
            return profile.isMoney ? .amount : profile.isCurrency ? role : .ignore
        case .direction: return profile.directions(isNamed: true) != nil ? role : .ignore
        case .text where profile.distinct.count <= 4 && profile.directions(isNamed: false) != nil:
            return .direction
        case .payee, .payer, .text:
            return profile.isDate ? .valueDate : profile.isMoney ? .ignore : role
        default: return role
        }
    }

    private static func ofNumbers(_ match: CSVHeaderWords.Match, _ profile: CSVProfile) -> CSVRole {
        if profile.isNumber || (match.score == 100 && profile.numbers > 0) { return match.role }
        if profile.isDate { return .valueDate }
        if profile.directions(isNamed: true) != nil { return .direction }
        let isMain = match.role != .balance && match.role != .fee
        if profile.isText { return isMain ? .text : .ignore }
        return isMain && match.score == 100 ? match.role : .ignore
    }

    private mutating func takeNamed() {
        for role in CSVRole.allCases where role != .ignore {
            let found = matches.indices.filter { index in
                matches[index].map { $0.role == role && !$0.isSpoiled } ?? false
            }
            if role.isSingle {
                if let best = best(found, for: role) { roles[best] = role }
            } else {
                for index in found { roles[index] = role }
            }
        }
    }

    /// The best named, the leftmost among equals; an empty column only when there is no other.
    private func best(_ indices: [Int], for role: CSVRole) -> Int? {
        func rank(_ index: Int) -> (Int, Int, Int) {
            let profile = profiles[index]
            let fits = role == .date ? profile.isDate : role == .amount ? profile.isNumber : true
            let fitness = profile.filled == 0 ? 0 : fits ? 2 : 1
            return (fitness, matches[index]?.score ?? 0, -index)
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
        let spoiled = roles.indices.filter { index in
            roles[index] == .ignore && matches[index].map { $0.role == .amount } ?? false
        }
        let money = free.filter { profiles[$0].isMoney }.sorted { moneyRank($0) < moneyRank($1) }
        let numbers = free.filter { profiles[$0].isNumber && !profiles[$0].isConstant }
        let candidates = [money, spoiled, numbers].first { !$0.isEmpty } ?? []
        guard let first = candidates.first else { return }
        for amount in money {
            guard
                let balance = money.first(where: {
                    $0 != amount && profiles[$0].isBalance(of: profiles[amount])
                })
            else { continue }
            roles[amount] = .amount
            takeBalance(balance)
            return
        }
        if candidates.count >= 2, isComplement(first, candidates[1]) {
            roles[min(first, candidates[1])] = .debit
            roles[max(first, candidates[1])] = .credit
            if candidates.count >= 3 { takeBalance(candidates[2]) }
        } else {
            roles[first] = .amount
        }
    }

    /// Decimals and signs are what amounts have; else the leftmost.
    private func moneyRank(_ index: Int) -> (Int, Int, Int) {
        let profile = profiles[index]
        return (profile.hasDecimals ? 0 : 1, profile.negatives > 0 ? 0 : 1, index)
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
        if isSigned, let found = first(.direction) {
            roles[found] = .ignore
            signWords = found
        }
    }

    private mutating func settleTexts() {
        let hasText = roles.contains(.text) || roles.contains(.payee) || roles.contains(.payer)
        if !hasText {
            let isHeaderless = matches.allSatisfy { $0 == nil }
            for index in roles.indices where roles[index] == .ignore && profiles[index].isText {
                if isHeaderless || matches[index] == nil { roles[index] = .text }
            }
        }
        dropOwnName()
        if !roles.contains(.payee), let payer = first(.payer) { roles[payer] = .payee }
        if first(.balance) == nil, let fee = first(.fee) { roles[fee] = .ignore }
        if let id = first(.bankID), !profiles[id].isUnique { roles[id] = .ignore }
        if let account = first(.account), !isAccount(account) { roles[account] = .ignore }
    }

    /// The column of texts that says most: the most different ones, the longest among equals.
    var mainText: Int? {
        roles.indices.filter { roles[$0] == .text }.max { first, second in
            let (one, other) = (profiles[first], profiles[second])
            return (one.distinct.count, one.letters) < (other.distinct.count, other.letters)
        }
    }

    /// Of several parties, one that is the same in every row is the account's own holder.
    private mutating func dropOwnName() {
        func parties() -> [Int] {
            roles.indices.filter { roles[$0] == .payee || roles[$0] == .payer }
        }
        for index in parties() where profiles[index].isConstant && profiles[index].filled > 1 {
            if parties().count > 1 { roles[index] = .ignore }
        }
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
