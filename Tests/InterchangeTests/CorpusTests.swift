import Foundation
import Interchange
import Ledger
import Testing

/// Real files that nobody on the project wrote, with the facts that they must give.
@Suite(.enabled(if: Corpus.isPresent, "The corpus of real files is not beside the project."))
struct CorpusTests {
    private struct CSVFacts: Decodable {
        let encoding: String
        let delimiter: String
        let headerLines: Int
        let rowsWithAmount: Int
        let amountSum: String
        let first: String
        let last: String

        enum CodingKeys: String, CodingKey {
            case encoding, delimiter, first, last
            case headerLines = "header_lines"
            case rowsWithAmount = "rows_with_amount"
            case amountSum = "amount_sum"
        }
    }

    @Test
    func `every CSV gives its rows, sum and dates`() throws {
        for (path, facts) in try Corpus.expected("csv", as: CSVFacts.self) {
            let file = try StatementReader.read(bytes: Corpus.bytes(path))
            let mapping = try #require(file.mapping)

            #expect(file.rows.count == facts.rowsWithAmount, "\(path)")
            #expect(file.sum == (try Decimal4.parse(facts.amountSum)), "\(path)")
            #expect(file.rows.map(\.date).min()?.description == facts.first, "\(path)")
            #expect(file.rows.map(\.date).max()?.description == facts.last, "\(path)")
            // `utf-8-sig` there names the decoder, which reads UTF-8 with and without a mark.
            let encodings = [facts.encoding, facts.encoding.replacing("-sig", with: "")]
            #expect(encodings.contains(file.encoding.rawValue), "\(path)")
            #expect(mapping.delimiter.rawValue == facts.delimiter, "\(path)")
            #expect((mapping.headerRow == nil ? 0 : 1) == facts.headerLines, "\(path)")
        }
    }

    /// What one of the three readers says: a list of statements, or why it gave up.
    private enum Verdict: Decodable {
        case statements([Reading])
        case failed

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if (try? container.decode(String.self)) != nil {
                self = .failed
            } else {
                self = .statements(try container.decode([Reading].self))
            }
        }

        var readings: [Reading] { if case .statements(let all) = self { all } else { [] } }
    }

    private struct Reading: Decodable {
        let n: Int
        let sum: String
        let first: String?
        let last: String?
        let ledgerbal: String?
    }

    private struct OFXFacts: Decodable {
        let rawStatementRows: Int
        let ofxtools: Verdict
        let ofxparse: Verdict
        let libofx: Verdict

        enum CodingKeys: String, CodingKey {
            case ofxtools, ofxparse, libofx
            case rawStatementRows = "raw_stmttrn"
        }
    }

    @Test
    func `every OFX file gives at least what the best of three readers reads`() throws {
        for (path, facts) in try Corpus.expected("ofx", as: OFXFacts.self) {
            let file = try StatementReader.read(bytes: Corpus.bytes(path))

            let most =
                [facts.ofxtools, facts.ofxparse, facts.libofx].map { verdict in
                    verdict.readings.reduce(0) { $0 + $1.n }
                }.max() ?? 0
            #expect(file.drafts.count >= most, "\(path)")
            #expect(file.drafts.count == facts.rawStatementRows, "\(path)")
            for strict in [facts.ofxtools, facts.ofxparse] {
                try compare(file, with: strict.readings.filter { $0.n > 0 }, path)
            }
            try compareBalances(file, with: facts.ofxtools.readings, path)
            try compareSum(file, with: facts.libofx.readings, path)
        }
    }

    private func compare(_ file: StatementFile, with readings: [Reading], _ path: String) throws {
        guard !readings.isEmpty else { return }
        let sum = try readings.reduce(Int64(0)) { try $0 + Decimal4.parse($1.sum) }
        #expect(file.sum == sum, "\(path)")
        #expect(
            file.rows.map(\.date).min()?.description == readings.compactMap(\.first).min(),
            "\(path)"
        )
        #expect(
            file.rows.map(\.date).max()?.description == readings.compactMap(\.last).max(),
            "\(path)"
        )
    }

    private func compareBalances(
        _ file: StatementFile,
        with readings: [Reading],
        _ path: String
    ) throws {
        for (statement, reading) in zip(file.statements, readings) {
            guard let balance = reading.ledgerbal else { continue }
            #expect(statement.ledgerBalance == (try Decimal4.parse(balance)), "\(path)")
        }
    }

    /// The most lenient reader rounds to cents and makes up what is broken.
    private func compareSum(_ file: StatementFile, with readings: [Reading], _ path: String) throws
    {
        guard file.problems.isEmpty else { return }
        let sum = try readings.reduce(Int64(0)) { try $0 + Decimal4.parse($1.sum) }
        #expect(abs(file.sum - sum) < 100, "\(path)")
    }

    @Test(arguments: ["badinput", "statements/ezbookkeeping-cases"])
    func `every bad file is refused or read, soon and with a message`(folder: String) throws {
        let files = Corpus.files(under: folder)
        #expect(!files.isEmpty)
        for path in files {
            let bytes = try Corpus.bytes(path)
            let started = ContinuousClock.now

            do {
                let file = try StatementReader.read(bytes: bytes)
                #expect(file.drafts.allSatisfy { $0.line >= 1 }, "\(path)")
            } catch {
                #expect(!error.message.isEmpty && !error.code.isEmpty, "\(path)")
            }

            #expect(started.duration(to: .now) < .seconds(2), "\(path)")
        }
    }

    @Test
    func `a council's card spending is read whole`() throws {
        let folder = "categorise"
        for path in Corpus.files(under: folder) where path.lowercased().hasSuffix(".csv") {
            let file = try StatementReader.read(bytes: Corpus.bytes(path))

            #expect(file.rows.count > 2_000, "\(path)")
            #expect(file.problems.isEmpty, "\(path)")
        }
    }
}
