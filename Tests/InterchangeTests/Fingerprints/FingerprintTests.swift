import Interchange
import Ledger
import Testing

struct FingerprintTests {
    private func row(
        _ date: String = "2024-01-05",
        _ amount: Int64 = -15_000,
        _ text: String = "Corner Café 12",
        id: String? = nil
    ) throws -> DraftRow {
        DraftRow(
            date: try #require(LocalDate(date)),
            amount: amount,
            payee: text,
            bankText: text,
            bankID: id
        )
    }

    private func fingerprints(_ text: String) throws -> [Fingerprint] {
        var maker = Fingerprinter()
        return try read(text).drafts.compactMap { draft in
            draft.row.map { maker.next($0, statement: draft.statement).content }
        }
    }

    @Test
    func `equal rows of one file are told apart, and the same file gives the same`() throws {
        let text =
            "Date,Text,Amount\n2024-01-05,Bus,-2.40\n2024-01-05,Bus,-2.40\n2024-01-05,Bus,-2.40\n"

        let first = try fingerprints(text)

        #expect(Set(first).count == 3)
        #expect(try fingerprints(text) == first)
    }

    @Test
    func `an overlapping file shares exactly the rows that both have`() throws {
        let january =
            "Date,Text,Amount\n2024-01-05,Bus,-2.40\n2024-01-05,Bus,-2.40\n2024-01-20,Tea,-3.00\n"
        let later = "Date,Text,Amount\n2024-01-20,Tea,-3.00\n2024-02-01,Bus,-2.40\n"

        let shared = Set(try fingerprints(january)).intersection(try fingerprints(later))

        #expect(shared.count == 1)
    }

    @Test
    func `case, accents, punctuation and spaces of the text do not matter, all else does`() throws {
        let base = Fingerprinter.content(of: try row())

        #expect(
            Fingerprinter.content(of: try row("2024-01-05", -15_000, "CORNER  CAFE, 12")) == base
        )
        #expect(Fingerprinter.content(of: try row("2024-01-05", -15_000, "Corner Café 13")) != base)
        #expect(Fingerprinter.content(of: try row("2024-01-06")) != base)
        #expect(Fingerprinter.content(of: try row("2024-01-05", 15_000)) != base)
        #expect(Fingerprinter.content(of: try row(), occurrence: 1) != base)
    }

    @Test
    func `a look-up by occurrence finds what the file gave`() throws {
        var maker = Fingerprinter()
        let made = try (0..<4).map { _ in maker.next(try row()).content }

        #expect(try (0..<4).map { Fingerprinter.content(of: try row(), occurrence: $0) } == made)
    }

    @Test
    func `accounts of one file do not count as occurrences of each other`() throws {
        var maker = Fingerprinter()

        let first = maker.next(try row(), statement: 0).content
        let second = maker.next(try row(), statement: 1).content

        #expect(first == second)
    }

    @Test
    func `the bank's id is a fingerprint of its own`() throws {
        var maker = Fingerprinter()

        let made = maker.next(try row(id: "A1"))

        #expect(made.bankID == Fingerprinter.bankID("A1"))
        #expect(made.bankID != Fingerprinter.bankID("A2"))
        #expect(made.bankID != made.content)
        #expect(maker.next(try row()).bankID == nil)
    }

    @Test
    func `a fingerprint carries its version and survives its bytes`() throws {
        let made = Fingerprinter.content(of: try row())

        #expect(made.version == Fingerprint.version)
        #expect(made.bytes.count == 16)
        #expect(made.bytes.first == Fingerprint.version)
        #expect(Fingerprint(bytes: made.bytes) == made)
        #expect(Fingerprint(bytes: made.bytes.dropLast()) == nil)
    }

    /// The stored ones must be found again by every later build: change the version with the recipe.
    @Test
    func `the recipe of version one does not change`() throws {
        let content = Fingerprinter.content(of: try row())
        let id = Fingerprinter.bankID("A1")

        #expect(Fingerprint.version == 1)
        #expect(
            content.bytes.map { String($0, radix: 16) }.joined(separator: " ")
                == "1 e7 5f de 3e 77 a3 c7 20 5c a9 8a fd 64 d8 da"
        )
        #expect(
            id.bytes.map { String($0, radix: 16) }.joined(separator: " ")
                == "1 2e b1 df 69 c7 e5 fd 55 cb 32 5c 24 c7 92 20"
        )
    }
}
