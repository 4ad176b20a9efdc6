import HTTPTypes
import Hummingbird
import Ledger
import NIOHTTP1
import Storage

extension APIError {
    /// What a client is told of any error at all.
    init(anyError error: any Error) {
        switch error {
        case let error as APIError: self = error
        case let error as StorageError: self = APIError(error)
        case is MoneyError: self = APIError(StorageError.amountOverflow)
        case let error as HTTPError: self = APIError(error)
        case is HTTPParserError:
            self = .malformed("request.framing", "The request breaks the framing of HTTP.")
        default:
            self.init(
                .internalServerError,
                "server.error",
                "Something went wrong on our side.",
                logDetail: "\(error)"
            )
        }
    }

    private init(_ error: HTTPError) {
        if error.status == .notFound {
            self = .noRoute
        } else {
            self.init(error.status, "request.refused", error.body ?? error.status.reasonPhrase)
        }
    }

    static let noRoute = APIError(.notFound, "route.not_found", "There is no such address here.")
}
