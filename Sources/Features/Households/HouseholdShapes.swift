import Ledger

/// A new household.
struct HouseholdInput: RequestFields {
    let name: String
    let currency: Currency
    let weekStart: Weekday

    init(_ fields: inout FieldReader) {
        name = fields.required("name", .text(1...120))
        currency = fields.required("currency", .currency)
        weekStart = fields.optional("week_start", .weekday) ?? .monday
    }
}

/// What may be changed of a household.
struct HouseholdPatch: RequestFields {
    let name: String?
    let weekStart: Weekday?

    init(_ fields: inout FieldReader) {
        name = fields.ifPresent("name", .text(1...120))
        weekStart = fields.ifPresent("week_start", .weekday)
    }
}

/// The roles that can be given: there is one owner, and ownership is handed over.
struct MemberRoleInput: RequestFields {
    let role: HouseholdRole

    init(_ fields: inout FieldReader) {
        role = fields.required("role", .givenRole)
    }
}

struct MemberRemovalQuery: RequestFields {
    let takesOver: Bool

    init(_ fields: inout FieldReader) {
        takesOver = fields.optional("take_over", .boolean) ?? false
    }
}

struct HandOverInput: RequestFields {
    let person: PersonID

    init(_ fields: inout FieldReader) {
        person = fields.required("person_id", .id())
    }
}

struct InvitationInput: RequestFields {
    let email: EmailAddress?
    let role: HouseholdRole

    init(_ fields: inout FieldReader) {
        email = fields.optional("email", .email)
        role = fields.required("role", .givenRole)
    }
}

struct InvitationTokenInput: RequestFields {
    let token: String

    init(_ fields: inout FieldReader) {
        token = fields.required("token", .text(1...255))
    }
}

extension FieldKind where Value == HouseholdRole {
    fileprivate static var givenRole: FieldKind {
        .named([HouseholdRole.editor, .viewer].map { ($0.rawValue, $0) })
    }
}

extension FieldKind where Value == Weekday {
    fileprivate static var weekday: FieldKind {
        .named(Weekday.allCases.map { ($0.name, $0) })
    }
}

// MARK: Answers

/// A member, and whether it is who asks.
struct MemberView: Sendable {
    let record: MemberRecord
    let isYou: Bool

    static let shape = Shape<MemberView>("Member") { shape in
        shape.id("person_id", \.record.person)
        shape.text("name", \.record.name)
        shape.text("email", \.record.email)
        shape.choice("role", \.record.role)
        shape.instant("joined_at", \.record.joinedAt)
        shape.boolean("is_you", \.isYou)
    }
}

extension Invitation {
    static let shape = Shape<Invitation>("Invitation") { declare(&$0) { $0 } }

    /// What the trail keeps of it.
    static let described = Shape<Invitation>("InvitationNote") { shape in
        shape.textOrNil("email", \.email)
        shape.choice("role", \.role)
    }

    /// The one answer that shows the link.
    static let made = Shape<InvitationService.Made>("NewInvitation") { shape in
        declare(&shape, \.invitation)
        shape.text("link", \.link)
    }

    /// To whoever holds the link.
    static let pending = Shape<PendingInvitation>("PendingInvitation") { shape in
        shape.text("household_name", \.invitation.householdName)
        shape.text("invited_by", \.invitation.inviter)
        shape.choice("role", \.invitation.role)
        shape.textOrNil("email", \.invitation.email)
    }

    private static func declare<Value>(
        _ shape: inout Shape<Value>,
        _ invitation: @escaping @Sendable (Value) -> Invitation
    ) {
        shape.id("id") { invitation($0).id }
        shape.textOrNil("email") { invitation($0).email }
        shape.choice("role") { invitation($0).role }
        shape.text("invited_by") { invitation($0).inviter }
        shape.instant("created_at") { invitation($0).createdAt }
        shape.instant("expires_at") { invitation($0).expiresAt }
    }
}
