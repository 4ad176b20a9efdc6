import Ledger
import Storage

extension APIError {
    /// Answers for a sum that is too large to be counted. What is read has no field that would be to blame for it.
    ///
    /// - Throws: `refusal` instead of an overflow.
    static func counting<Value>(
        or refusal: APIError,
        _ body: () throws -> Value
    ) throws -> Value {
        do {
            return try body()
        } catch MoneyError.overflow {
            throw refusal
        } catch DebtError.money(.overflow) {
            throw refusal
        } catch StorageError.amountOverflow {
            throw refusal
        }
    }
}
