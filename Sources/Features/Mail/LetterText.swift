/// A letter in words: what it says, not how it looks.
struct LetterText: Sendable, Equatable {
    let subject: String
    let parts: [Part]

    enum Part: Sendable, Equatable {
        case paragraph(String)
        /// Something to follow, with what it is called.
        case link(String, to: String)
        /// What is known, line by line.
        case facts([Fact])
    }

    struct Fact: Sendable, Equatable {
        let name: String
        let value: String
    }

    init(_ subject: String, _ parts: Part...) {
        self.init(subject, parts)
    }

    init(_ subject: String, _ parts: [Part]) {
        self.subject = subject
        self.parts = parts
    }
}

/// How a letter looks: as text, and as HTML that loads nothing and runs nothing.
struct LetterLayout {
    /// `en`, as `lang` says it.
    let language: String
    let greeting: String
    let text: LetterText
    /// Who sent this, and why.
    let footer: String

    var plain: String {
        var blocks = [greeting]
        for part in text.parts {
            switch part {
            case .paragraph(let words): blocks.append(words)
            case .link(let name, let address): blocks.append("\(name):\n\(address)")
            case .facts(let facts):
                blocks.append(facts.map { "\($0.name): \($0.value)" }.joined(separator: "\n"))
            }
        }
        return blocks.joined(separator: "\n\n") + "\n\n-- \n\(footer)\n"
    }

    var html: String {
        var body = paragraph(greeting)
        for part in text.parts {
            switch part {
            case .paragraph(let words): body += paragraph(words)
            case .link(let name, let address):
                let safe = HTMLText.escaped(address)
                body += """
                    <p style="margin:24px 0"><a href="\(safe)" style="\(Self.button)">\
                    \(HTMLText.escaped(name))</a></p>
                    <p style="\(Self.small)"><a href="\(safe)" style="color:inherit">\(safe)</a></p>

                    """
            case .facts(let facts):
                let lines = facts.map {
                    "\(HTMLText.escaped($0.name)): <strong>\(HTMLText.escaped($0.value))</strong>"
                }
                body += "<p style=\"\(Self.text)\">\(lines.joined(separator: "<br>\n"))</p>\n"
            }
        }
        return """
            <!DOCTYPE html>
            <html lang="\(HTMLText.escaped(language))">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <meta name="color-scheme" content="light dark">
            <title>\(HTMLText.escaped(text.subject))</title>
            </head>
            <body style="\(Self.page)">
            \(body)<p style="\(Self.small)">\(HTMLText.escaped(footer))</p>
            </body>
            </html>

            """
    }

    private func paragraph(_ words: String) -> String {
        "<p style=\"\(Self.text)\">\(HTMLText.escaped(words))</p>\n"
    }

    private static let page = """
        margin:0 auto;padding:24px;max-width:560px;\
        font-family:system-ui,-apple-system,'Segoe UI',Roboto,sans-serif
        """
    private static let text = "margin:0 0 16px;font-size:16px;line-height:1.5"
    private static let small = """
        margin:16px 0;font-size:13px;line-height:1.5;opacity:.75;word-break:break-all
        """
    private static let button = """
        display:inline-block;padding:12px 20px;border-radius:8px;background:#1f5f5b;color:#ffffff;\
        font-size:16px;text-decoration:none
        """
}

enum HTMLText {
    /// Text that HTML shows as it is, in its body and in its attributes.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}

/// Text of somebody's, in a letter to somebody else.
enum ForeignText {
    /// - Units: Unicode scalars.
    private static let lengthLimit = 100

    /// One line of it.
    static func line(_ text: String) -> String {
        let scalars = MailHeader.oneLine(text).unicodeScalars.prefix(lengthLimit)
        return String(String.UnicodeScalarView(scalars))
    }

    /// Nil where a mail program could make a link of it: nobody sends strangers advertisements from here by calling
    /// themselves one.
    static func harmless(_ text: String) -> String? {
        let line = line(text)
        let couldLink = line.contains(/[\p{L}\p{N}]\.[\p{L}\p{N}]|[\/@\\:]/)
        return line.isEmpty || couldLink ? nil : line
    }
}
