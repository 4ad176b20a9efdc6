import HTTPTypes
package import Hummingbird
import Ledger
package import NIOCore

/// What is known of a request from the first byte.
package struct MartletContext: RequestContext, RemoteAddressRequestContext {
    package var coreContext: CoreRequestContextStorage
    package let remoteAddress: SocketAddress?

    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        remoteAddress = source.channel.remoteAddress
        address = source.channel.remoteAddress?.ipAddress ?? Self.thisMachine
        caller = CallerNote()
    }

    /// What a peer without an address is on.
    private static let thisMachine = "127.0.0.1"

    /// Who it turns out to be. All copies of the context share it.
    package let caller: CallerNote

    /// The peer's address without its port, or the one that a trusted proxy names.
    package var address: String
}

/// Puts the list of endpoints on a router.
package struct APIRouter: Sendable {
    package static let prefix = "/api/v1/"

    private let environment: ServerEnvironment
    private let authenticate: Authenticate
    private let refusals: RefusalTrail

    package init(_ environment: ServerEnvironment, authenticate: @escaping Authenticate) {
        self.environment = environment
        self.authenticate = authenticate
        refusals = RefusalTrail(environment)
    }

    package func add(_ endpoints: [Endpoint], to router: Router<MartletContext>) {
        for endpoint in endpoints {
            router.on(RouterPath(Self.prefix + endpoint.path), method: endpoint.method) {
                request,
                context in
                try await respond(endpoint, request, context)
            }
        }
    }

    private func respond(
        _ endpoint: Endpoint,
        _ request: Request,
        _ context: MartletContext
    ) async throws -> Response {
        let incoming = IncomingCall(
            request,
            requestID: context.id,
            address: context.address,
            parameters: context.parameters,
            environment: environment,
            caller: context.caller,
            authenticate: authenticate
        )
        let outcome: Endpoint.Outcome
        do {
            outcome = try await endpoint.respond(incoming)
            if let member = context.caller.member, let grant = member.grant {
                // Nothing is shown of a household by a grant before its trail says so.
                try await GrantTrail(environment).note(grant, of: member, endpoint, incoming)
            }
        } catch let refusal as APIError where refusal.status == .forbidden {
            await refusals.add(refusal, of: endpoint, to: incoming)
            throw refusal
        }
        switch outcome {
        case .reply(let reply):
            return Envelope.response(
                reply,
                requestID: context.id,
                now: environment.clock.now(),
                to: request
            )
        case .stream(let response): return response
        }
    }
}
