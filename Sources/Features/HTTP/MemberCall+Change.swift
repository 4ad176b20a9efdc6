import Ledger

/// What is answered with its version, by which a client says later what it saw.
protocol Versioned: Sendable {
    var version: Int64 { get }
}

/// Changes of the one thing that the path names: a route says what it is called, and what is done with it.
extension MemberCall {
    /// Changes it as far as it is what the client saw, and answers it.
    func updating<Entity, Value: Versioned>(
        _ what: String,
        _ shape: Shape<Value>,
        _ body:
            @escaping @Sendable (Identifier<Entity>, Int64?, HouseholdWrite) throws -> Value
    ) async throws -> Reply {
        let id: Identifier<Entity> = try id(what)
        let version = try expectedVersion()
        return try await write { write in
            let value = try body(id, version, write)
            return .ok(shape, value).tagged(value.version)
        }
    }

    /// Changes it whatever the client saw, and answers it.
    func changing<Entity, Value: Versioned>(
        _ what: String,
        _ shape: Shape<Value>,
        _ body: @escaping @Sendable (Identifier<Entity>, HouseholdWrite) throws -> Value
    ) async throws -> Reply {
        let id: Identifier<Entity> = try id(what)
        return try await write { write in
            let value = try body(id, write)
            return .ok(shape, value).tagged(value.version)
        }
    }

    /// Deletes it as far as it is what the client saw.
    func deleting<Entity>(
        _ what: String,
        _ body: @escaping @Sendable (Identifier<Entity>, Int64?, HouseholdWrite) throws -> Void
    ) async throws -> Reply {
        let id: Identifier<Entity> = try id(what)
        let version = try expectedVersion()
        return try await write { write in
            try body(id, version, write)
            return .noContent
        }
    }
}
