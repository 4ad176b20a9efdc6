import Ledger
import Testing

struct UniqueIDTests {
    @Test
    func `an id goes through text and bytes unchanged`() throws {
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<2_000 {
            let id = UniqueID(high: generator.next(), low: generator.next())
            #expect(UniqueID(id.description) == id)
            #expect(UniqueID(id.description.uppercased()) == id)
            #expect(UniqueID(bytes: id.bytes) == id)
            #expect(id.description.utf8.count == 36)
        }
    }

    @Test
    func `the order of ids is the order of their text and of their bytes`() {
        var generator = SeededGenerator(seed: 6)
        let ids = (0..<500).map { _ in UniqueID(high: generator.next(), low: generator.next()) }

        #expect(ids.sorted().map(\.description) == ids.map(\.description).sorted())
        #expect(ids.sorted() == ids.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) })
    }

    @Test(arguments: [
        "", "0", "0190b0c0-0000-7000-8000-00000000000", "0190b0c0-0000-7000-8000-0000000000000",
        "0190b0c000007000800000000000000000000", "0190b0c0_0000-7000-8000-000000000000",
        "0190b0cg-0000-7000-8000-000000000000", "{190b0c0-0000-7000-8000-000000000000}",
        "0190b0c0-0000-7000-8000-00000000000é", "0190b0c00-000-7000-8000-000000000000",
    ])
    func `what is no id is none`(text: String) {
        #expect(UniqueID(text) == nil)
    }

    @Test
    func `an id needs sixteen bytes`() {
        #expect(UniqueID(bytes: [UInt8](repeating: 1, count: 15)) == nil)
        #expect(UniqueID(bytes: [UInt8](repeating: 1, count: 17)) == nil)
    }

    @Test
    func `a new id says its version, its variant and its time`() {
        let id = UniqueID(milliseconds: 0x0190_B0C0_1234, sequence: 0xFFFF, random: .max)

        #expect(id.description == "0190b0c0-1234-7fff-bfff-ffffffffffff")
    }

    @Test
    func `ids of one source sort in the order in which they were made`() {
        nonisolated(unsafe) var clock: [UInt64] = [5, 5, 5, 3, 6, 6, 2, 7]
        let source = IDSource(
            milliseconds: { clock.isEmpty ? 7 : clock.removeFirst() },
            random: { 0 }
        )

        let ids: [TransactionID] = (0..<10_000).map { _ in source.next() }

        #expect(ids == ids.sorted())
        #expect(Set(ids).count == ids.count)
    }

    @Test
    func `ids made by many at once are all different`() async {
        let source = IDSource(milliseconds: { 1 }, random: { 0 })

        let ids = await withTaskGroup(of: [PersonID].self) { group in
            for _ in 0..<8 { group.addTask { (0..<2_000).map { _ in source.next() } } }
            return await group.reduce(into: []) { $0 += $1 }
        }

        #expect(Set(ids).count == 16_000)
    }
}
