import CCurl

/// One exchange through libcurl. It blocks its thread until it is over or out of time.
///
/// It follows no redirect, uses no proxy of the environment and speaks only the protocol it was made for.
final class CurlTransfer {
    private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// How long a connection may take to stand, and the whole exchange.
    struct Patience {
        let connectSeconds: Int
        let totalSeconds: Int
    }

    private let handle: UnsafeMutableRawPointer
    private var lists: [UnsafeMutablePointer<curl_slist>] = []
    private var outgoing: [UInt8] = []
    private var taken = 0
    private var received = 0

    /// - Units: bytes of an answer; nobody reads it, and more ends the exchange.
    private static let receivedLimit = 1 << 16

    /// - Parameter protocols: for example `smtp,smtps`.
    init(_ address: String, protocols: String, patience: Patience) throws(MailFailure) {
        guard Self.isReady, let handle = curl_easy_init() else {
            throw .later("libcurl cannot be used")
        }
        self.handle = handle
        text(CURLOPT_PROTOCOLS_STR, protocols)
        text(CURLOPT_URL, address)
        // Nothing of the environment decides where letters go.
        text(CURLOPT_PROXY, "")
        // Signals belong to the whole process.
        number(CURLOPT_NOSIGNAL, 1)
        number(CURLOPT_CONNECTTIMEOUT, patience.connectSeconds)
        number(CURLOPT_TIMEOUT, patience.totalSeconds)
        number(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        let me = Unmanaged.passUnretained(self).toOpaque()
        martlet_curl_pointer(handle, CURLOPT_WRITEDATA, me)
        martlet_curl_function(handle, CURLOPT_WRITEFUNCTION) { _, size, count, transfer in
            guard let transfer else { return 0 }
            let me = Unmanaged<CurlTransfer>.fromOpaque(transfer).takeUnretainedValue()
            me.received += size * count
            return me.received <= CurlTransfer.receivedLimit ? size * count : 0
        }
    }

    deinit {
        curl_easy_cleanup(handle)
        for list in lists { curl_slist_free_all(list) }
    }

    func number(_ option: CURLoption, _ value: Int) {
        martlet_curl_number(handle, option, value)
    }

    func text(_ option: CURLoption, _ value: String) {
        martlet_curl_text(handle, option, value)
    }

    func list(_ option: CURLoption, _ values: [String]) {
        var list: UnsafeMutablePointer<curl_slist>?
        for value in values { list = curl_slist_append(list, value) ?? list }
        guard let list else { return }
        lists.append(list)
        martlet_curl_pointer(handle, option, list)
    }

    /// Sends bytes as they are.
    func upload(_ bytes: [UInt8]) {
        outgoing = bytes
        number(CURLOPT_UPLOAD, 1)
        let me = Unmanaged.passUnretained(self).toOpaque()
        martlet_curl_pointer(handle, CURLOPT_READDATA, me)
        martlet_curl_function(handle, CURLOPT_READFUNCTION) { target, size, count, transfer in
            guard let transfer, let target else { return 0 }
            let me = Unmanaged<CurlTransfer>.fromOpaque(transfer).takeUnretainedValue()
            let part = me.outgoing[me.taken...].prefix(size * count)
            for (offset, byte) in part.enumerated() { target[offset] = CChar(bitPattern: byte) }
            me.taken += part.count
            return part.count
        }
    }

    /// How it ended: libcurl's code, and the last status of the server, 0 when it said none.
    func perform() -> (code: CURLcode, status: Int) {
        let code = withExtendedLifetime(self) { curl_easy_perform(handle) }
        return (code, martlet_curl_status(handle))
    }

    /// libcurl's words for a code; nothing that a server said.
    static func words(_ code: CURLcode) -> String {
        String(cString: curl_easy_strerror(code))
    }
}
