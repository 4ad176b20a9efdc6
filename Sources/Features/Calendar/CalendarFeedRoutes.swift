import Crypto
import HTTPTypes
import Hummingbird
import Ledger
import NIOCore
import Storage

/// Calendars for other programs, over HTTP.
package struct CalendarFeedRoutes: Sendable {
    private static let contentType = "text/calendar; charset=utf-8"

    package init() {}

    package var endpoints: [Endpoint] {
        [
            .read(
                "calendar/feeds",
                "Your calendars for other programs",
                answers: .list(CalendarFeed.shape),
                handle: list
            ),
            .change(
                .post,
                "calendar/feeds",
                "Make a calendar for another program; its address is shown this once",
                needs: .freshMember,
                limit: .auth,
                answers: .created(CalendarFeed.Made.shape),
                handle: create
            ),
            .change(
                .delete,
                "calendar/feeds/{id}",
                "End a calendar for another program at once",
                needs: .member,
                answers: .noContent,
                handle: remove
            ),
            .openFile(
                "feeds/{file}",
                "A calendar at its secret address",
                contentType: "text/calendar",
                handle: file
            ),
        ]
    }

    // MARK: Making and ending one

    @Sendable private func list(_ call: MemberCall, _: NoFields) async throws -> Reply {
        let (person, household) = (call.member.person, call.household)
        let feeds = try await call.environment.database.read(.shared) {
            try CalendarFeedStore($0).list(of: person, in: household)
        }
        return .list(CalendarFeed.shape, feeds, Pagination(whole: feeds.count))
    }

    @Sendable private func create(
        _ call: MemberCall,
        _: NoFields,
        _ input: CalendarFeedInput
    ) async throws -> Reply {
        // Whoever looks by a grant looks for some hours, and a feed lasts.
        guard call.member.grant == nil else { throw APIError.mayOnlyLook }
        let environment = call.environment
        let secret = OpaqueToken()
        let feed = CalendarFeed(
            id: environment.ids.next(),
            name: input.name,
            parts: CalendarFeed.Part.allCases.filter(input.parts.contains),
            hint: String(secret.text.prefix(4)),
            createdAt: environment.clock.now(),
            usedAt: nil
        )
        // Not by `call.write`, which would keep the answer, and the secret in it, under the key of a repeated request.
        try await environment.database.write(.shared) { transaction in
            try CalendarFeedStore(transaction).insert(
                feed,
                hash: secret.hash,
                of: call.member.person,
                in: call.household
            )
            try Self.note("calendar_feed_made", feed.id, call, transaction)
        }
        let address = "\(environment.publicAddress)/api/v1/feeds/\(secret.text).ics"
        return .created(CalendarFeed.Made.shape, CalendarFeed.Made(feed: feed, address: address))
    }

    @Sendable private func remove(
        _ call: MemberCall,
        _: NoFields,
        _: NoFields
    ) async throws -> Reply {
        let id: CalendarFeedID = try call.id("feed")
        try await call.environment.database.write(.shared) { transaction in
            let feeds = CalendarFeedStore(transaction)
            guard try feeds.remove(id, of: call.member.person, in: call.household) else {
                throw APIError.notFound("feed")
            }
            try Self.note("calendar_feed_removed", id, call, transaction)
        }
        return .noContent
    }

    private static func note(
        _ action: String,
        _ id: CalendarFeedID,
        _ call: MemberCall,
        _ transaction: any SQLTransaction
    ) throws {
        try SecurityTrail(transaction, call.environment).add(
            SecurityEvent(
                action,
                about: .person(call.member.person),
                by: .person(call.member.person),
                entity: "calendar_feed",
                entityID: id.value,
                on: call.client,
                requestID: call.requestID
            )
        )
    }

    // MARK: Reading one

    /// Every address that is none gets the same answer: mistyped, ended, or of somebody who is gone.
    @Sendable private func file(_ call: OpenCall) async throws -> Response {
        let missing = APIError.notFound("feed")
        guard let word = call.word("file"), word.hasSuffix(".ics"),
            let secret = OpaqueToken(word.dropLast(4)),
            let (member, feed) = try await owner(of: secret, call.environment)
        else { throw missing }
        let bytes = try await CalendarFile(environment: call.environment, member: member)
            .bytes(of: feed)
        let tag = "\"\(Base64URL.encode(SHA256.hash(data: bytes).prefix(16)))\""
        var headers: HTTPFields = [
            .contentType: Self.contentType, .eTag: tag, .cacheControl: "private, no-cache",
        ]
        if call.headers.names(tag) { return Response(status: .notModified, headers: headers) }
        headers[.contentLength] = String(bytes.count)
        return Response(
            status: .ok,
            headers: headers,
            body: .init(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }

    /// Who made it, as they are now: they see what they see, and whoever is gone sees nothing.
    private func owner(
        of secret: OpaqueToken,
        _ environment: ServerEnvironment
    ) async throws -> (Member, CalendarFeed)? {
        let now = environment.clock.now()
        let found = try await environment.database.read(.shared) {
            transaction -> (Member, CalendarFeed)? in
            guard let owned = try CalendarFeedStore(transaction).find(hash: secret.hash) else {
                return nil
            }
            let people = PersonStore(transaction)
            let person = try people.loadPerson(owned.person)
            guard !person.isDisabled else { return nil }
            let member = try people.memberships(of: person)
                .first { $0.household == owned.household }
            return member.map { ($0, owned.feed) }
        }
        guard let (member, feed) = found else { return nil }
        let oldest = now.adding(seconds: -CalendarFeedStore.noteSeconds)
        if feed.usedAt.map({ $0 <= oldest }) ?? true {
            try await environment.database.write(.shared) {
                try CalendarFeedStore($0).noteUse(of: feed.id, at: now)
            }
        }
        return (member, feed)
    }
}

extension HTTPFields {
    /// Whether `If-None-Match` names a tag.
    ///
    /// - Source: RFC 9110, section 13.1.2: tags are compared weakly.
    fileprivate func names(_ tag: String) -> Bool {
        let tags = self[values: .ifNoneMatch].flatMap { $0.split(separator: ",") }
            .map { String($0).trimmed }
        return tags.contains { $0 == "*" || $0 == tag || $0 == "W/\(tag)" }
    }
}
