import Features
import RESP
import ServiceLifecycle

/// Tells other nodes over Redis what changed here, and takes what they say. A message that is lost is made up for by
/// looking.
struct EventRelay: Service {
    let events: EventHub
    let client: RESPClient
    let subscriber: RESPSubscriber

    private static let channel = "martlet:events"

    func run() async throws {
        events.relay { [client] message in
            guard client.isUp else { return }
            Task {
                // Who is not told looks.
                _ = try? await client.send(["PUBLISH", Self.channel, message.text])
            }
        }
        subscriber.start()
        await cancelWhenGracefulShutdown {
            for await event in subscriber.subscribe(to: Self.channel) {
                switch event {
                case .subscribed: events.setRelayed(true)
                case .lost: events.setRelayed(false)
                case .message(let bytes):
                    if let message = EventMessage(bytes) { events.take(message) }
                }
            }
        }
        await subscriber.close()
    }
}
