internal import CCurl
internal import Dispatch

/// Hands mails in at a server by SMTP (RFC 5321, RFC 6409), through libcurl.
///
/// libcurl blocks, so it has a thread of its own; mails go one after the other.
public struct SMTPSender: MailSending {
    private let server: SMTPServer
    private let queue = DispatchQueue(label: "stamgast.smtp")
    private let secondsMost: Int
    private let secondsToConnect: Int

    /// - Parameters:
    ///   - secondsMost: for one mail in all.
    ///   - secondsToConnect: of them, until the server has greeted.
    public init(server: SMTPServer, secondsMost: Int = 30, secondsToConnect: Int = 10) {
        self.server = server
        self.secondsMost = secondsMost
        self.secondsToConnect = secondsToConnect
    }

    public func send(_ message: MailMessage) async throws(MailFailure) {
        let result: Result<Void, MailFailure> = await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: deliver(message)) }
        }
        try result.get()
    }

    /// Once for the process, before the first handle.
    private static let isStarted = stamgast_curl_start() == CURLE_OK

    /// What libcurl reads the mail from.
    private final class Upload {
        let bytes: [UInt8]
        var place = 0

        init(_ bytes: [UInt8]) { self.bytes = bytes }

        func read(into buffer: UnsafeMutableRawPointer, room: Int) -> Int {
            let count = min(room, bytes.count - place)
            bytes[place..<place + count].withUnsafeBytes { part in
                if let start = part.baseAddress { buffer.copyMemory(from: start, byteCount: count) }
            }
            place += count
            return count
        }
    }

    private func deliver(_ message: MailMessage) -> Result<Void, MailFailure> {
        guard Self.isStarted, let handle = curl_easy_init() else { return .failure(.tryAgain(.broken)) }
        defer { curl_easy_cleanup(handle) }
        // The type of the addresses allows nothing that could end a command.
        guard let recipients = curl_slist_append(nil, "<\(message.to.text)>") else {
            return .failure(.tryAgain(.broken))
        }
        defer { curl_slist_free_all(recipients) }
        let upload = Upload(message.bytes)
        return withExtendedLifetime(upload) {
            var isSet = true
            func set(_ option: CURLoption, _ text: String) {
                isSet = stamgast_curl_set_text(handle, option, text) == CURLE_OK && isSet
            }
            func set(_ option: CURLoption, _ number: Int) {
                isSet = stamgast_curl_set_long(handle, option, number) == CURLE_OK && isSet
            }
            set(CURLOPT_URL, server.address)
            set(CURLOPT_NOSIGNAL, 1)
            set(CURLOPT_TIMEOUT, secondsMost)
            set(CURLOPT_CONNECTTIMEOUT, secondsToConnect)
            set(CURLOPT_USE_SSL, Int((server.security == .none ? CURLUSESSL_NONE : CURLUSESSL_ALL).rawValue))
            // No proxy from the environment: the mail goes where the setting says.
            set(CURLOPT_PROXY, "")
            if let user = server.user { set(CURLOPT_USERNAME, user) }
            if let password = server.password { set(CURLOPT_PASSWORD, password) }
            set(CURLOPT_MAIL_FROM, "<\(message.from.address.text)>")
            isSet = stamgast_curl_set_list(handle, CURLOPT_MAIL_RCPT, recipients) == CURLE_OK && isSet
            set(CURLOPT_UPLOAD, 1)
            let read: curl_read_callback = { buffer, size, count, source in
                guard let buffer, let source else { return 0 }
                return Unmanaged<Upload>.fromOpaque(source).takeUnretainedValue().read(into: buffer, room: size * count)
            }
            isSet = stamgast_curl_set_read(handle, read) == CURLE_OK && isSet
            isSet =
                stamgast_curl_set_pointer(handle, CURLOPT_READDATA, Unmanaged.passUnretained(upload).toOpaque())
                == CURLE_OK && isSet
            guard isSet else { return .failure(.tryAgain(.broken)) }
            let outcome = curl_easy_perform(handle)
            var answer = 0
            _ = stamgast_curl_response_code(handle, &answer)
            return Self.result(outcome, answer: answer)
        }
    }

    /// - Parameter answer: the server's last, 0 if there was none.
    static func result(_ outcome: CURLcode, answer: Int) -> Result<Void, MailFailure> {
        switch outcome {
        case CURLE_OK: return .success(())
        case CURLE_LOGIN_DENIED: return .failure(.tryAgain(.notSignedIn))
        case CURLE_USE_SSL_FAILED, CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE:
            return .failure(.tryAgain(.insecure))
        default: break
        }
        switch answer {
        // Of our own account, not of this mail (RFC 4954, section 6).
        case 530, 534, 535, 538: return .failure(.tryAgain(.notSignedIn))
        case 500..<600: return .failure(.refused(code: answer))
        case 400..<500: return .failure(.tryAgain(.busy))
        default: break
        }
        switch outcome {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_OPERATION_TIMEDOUT, CURLE_GOT_NOTHING,
            CURLE_SEND_ERROR, CURLE_RECV_ERROR:
            return .failure(.tryAgain(.unreachable))
        default: return .failure(.tryAgain(.broken))
        }
    }
}
