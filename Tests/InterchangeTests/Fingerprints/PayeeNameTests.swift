import Interchange
import Testing

struct PayeeNameTests {
    @Test(arguments: [
        ("HOFER DANKT  0527  K2   18.09. 17:20", "Hofer Dankt"),
        (
            "POS          23,55 AT  K1   16.09. 11:32 SPAR DANKT 4105 KORNEUBURG 2100",
            "Spar Dankt Korneuburg"
        ),
        (
            "Kartenzahlung REWE SAGT DANKE. 41400673//Hamburg 2018-03-01T11:33:59 KFN 1 VJ 1812",
            "Rewe Sagt Danke"
        ),
        ("CARD PAYMENT TO COFFEE HOUSE LEEDS", "Coffee House Leeds"),
        ("SQ *CORNER BAKERY", "Corner Bakery"),
        ("PAYPAL *SPOTIFY 35314369001", "Spotify"), ("AMAZON.DE", "Amazon.de"),
        ("NETFLIX.COM", "Netflix.com"),
        ("ACME SUPERMARKET #0412 SPRINGFIELD", "Acme Supermarket Springfield"), ("VW", "VW"),
        ("BMW AG", "BMW AG"),
        ("GAS STATION", "Gas Station"), ("ICA MAXI", "ICA Maxi"),
        ("MÜLLER GMBH & CO. KG", "Müller GmbH & Co. KG"),
        ("Joe's Bald Hairstyles", "Joe's Bald Hairstyles"), ("MCDONALD'S", "Mcdonald's"),
        ("EREF+RECHNR. 1MREF+KD02CRED+DE20SVWZ+Miete April", "Miete April"),
        ("ŻABKA Z1234 ŁÓDŹ", "Żabka Łódź"),
        ("VISA PURCHASE 4111********1111 BOOKSHOP", "Purchase Bookshop"),
        ("DIRECT DEBIT WATER CO", "Water Co"),
        ("  spaced \t out  ", "spaced out"), ("12345678", "12345678"), ("", ""), ("***", "***"),
        ("BANK OF ENGLAND", "Bank of England"), ("2024-01-05", "2024-01-05"),
    ])
    func `a payee is readable`(text: String, name: String) {
        #expect(PayeeName.clean(text) == name)
    }

    @Test(arguments: [
        ("Müller & Söhne", "muller sohne"),
        ("STRASSE ß Ærø Łódź Žižkov", "strasse ss aero lodz zizkov"),
        ("  A--B  ", "a b"), ("Ελλάδα ПРИВЕТ 東京", "ελλάδα привет 東京"), ("Cafe\u{301}", "cafe"),
        ("", ""), ("!?", ""),
        ("O'Brien 24/7", "o brien 24 7"),
    ])
    func `the key has no case, accents or punctuation`(text: String, key: String) {
        #expect(PayeeName.folded(text) == key)
    }

    @Test
    func `a payee is never longer than its limit`() {
        #expect(PayeeName.clean(String(repeating: "ab ", count: 2_000)).count <= 255)
    }

    @Test
    func `cleaning what is clean changes nothing`() {
        for name in ["Coffee House Leeds", "Rewe Sagt Danke", "Müller GmbH & Co. KG", "Żabka Łódź"]
        {
            #expect(PayeeName.clean(name) == name)
        }
    }
}
