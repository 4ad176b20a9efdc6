@testable import Features
import Ledger
import Testing

private struct Sample: RequestFields {
    let amount: EnteredAmount
    let date: LocalDate?
    let note: Patch<String>
    let count: Int?
    let ids: [AccountID]?

    init(_ fields: inout FieldReader) {
        amount = fields.required("amount", .amount(.positive))
        date = fields.optional("date", .date)
        note = fields.patch("note", .lines(1...5))
        count = fields.ifPresent("count", .integer(1...9))
        ids = fields.optional("ids", .list(.id(), 1...2))
    }
}

@Suite struct FieldReaderTests {
    private func read(_ text: String) throws -> Sample {
        guard case .object(let members) = try JSONReader.read(Array(text.utf8)) else {
            throw JSONError.malformed(offset: 0)
        }
        return try FieldReader.read(from: members)
    }

    private func faults(_ text: String) -> [String] {
        do {
            _ = try read(text)
            return []
        } catch let error as APIError {
            return error.fields.map { "\($0.field) \($0.code)" }
        } catch {
            return ["\(error)"]
        }
    }

    @Test(
        arguments: [
            ("{}", ["amount required"]),
            ("{\"amount\":null}", ["amount wrong_type"]),
            ("{\"amount\":\"12.30\"}", []), ("{\"amount\":12.3}", []),
            ("{\"amount\":0}", ["amount not_positive"]),
            ("{\"amount\":-1}", ["amount not_positive"]),
            ("{\"amount\":\"1.23456\"}", ["amount too_precise"]),
            ("{\"amount\":\"1,00\"}", ["amount not_a_decimal"]),
            ("{\"amount\":\"\u{661}\"}", ["amount not_a_decimal"]),
            ("{\"amount\":\"NaN\"}", ["amount not_a_decimal"]),
            ("{\"amount\":1e400}", ["amount not_a_decimal"]),
            ("{\"amount\":\"999999999999999999999\"}", ["amount out_of_range"]),
            ("{\"amount\":1,\"date\":\"2026-02-30\"}", ["date not_a_date"]),
            ("{\"amount\":1,\"date\":20260101}", ["date wrong_type"]),
            ("{\"amount\":1,\"note\":\"123456\"}", ["note too_long"]),
            ("{\"amount\":1,\"count\":null}", ["count wrong_type"]),
            ("{\"amount\":1,\"count\":1.5}", ["count not_a_whole_number"]),
            ("{\"amount\":1,\"count\":10}", ["count out_of_range"]),
            ("{\"amount\":1,\"ids\":[\"x\"]}", ["ids[0] not_an_id"]),
            ("{\"amount\":1,\"ids\":[]}", ["ids wrong_count"]),
            ("{\"amount\":1,\"x\":1,\"b\":2}", ["b unknown", "x unknown"]),
            (
                "{\"count\":0,\"date\":\"x\"}",
                ["amount required", "count out_of_range", "date not_a_date"]
            ),
        ])
    func `each wrong field is named with what is wrong`(text: String, expected: [String]) {
        #expect(Set(faults(text)) == Set(expected))
    }

    @Test func `absent leaves alone and null clears`() throws {
        #expect(try read("{\"amount\":1}").note.applied(to: "old") == "old")
        #expect(try read("{\"amount\":1,\"note\":null}").note.applied(to: "old") == nil)
        #expect(try read("{\"amount\":1,\"note\":\"new\"}").note.applied(to: "old") == "new")
    }
}
