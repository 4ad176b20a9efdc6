/// The months' names and abbreviations in the languages of the header words, folded.
enum MonthNames {
    /// - Parameter word: UTF-8, at most 16 bytes of it letters.
    static func month(_ word: ArraySlice<UInt8>) -> Int? {
        var folded: [UInt8] = []
        TextFolding.appendWords(word, to: &folded)
        return table[String(decoding: folded, as: UTF8.self)]
    }

    private static let table: [String: Int] = {
        var table: [String: Int] = [:]
        for (index, names) in names.enumerated() {
            for name in names.split(separator: " ") { table[String(name)] = index + 1 }
        }
        return table
    }()

    private static let names = [
        """
        january jan januar janner jaenner januari janvier janv ene enero gennaio gen janeiro \
        styczen stycznia sty leden ledna led
        """,
        """
        february feb februar feber februari fevrier fevr fev febrero febbraio fevereiro \
        luty lutego lut unor unora uno
        """,
        "march mar marz maerz mrz mars maart mrt marzo marco marts marzec marca brezen brezna bre",
        "april apr avril avr abril abr aprile kwiecien kwietnia kwi duben dubna dub",
        "may mai mei mayo maggio mag maio maj maja kveten kvetna kve",
        "june jun juni juin junio giugno giu junho czerwiec czerwca cze cerven cervna cvn",
        "july jul juli juillet juil julio luglio lug julho lipiec lipca lip cervenec cervence cvc",
        "august aug aout agosto ago augustus augusti sierpien sierpnia sie srpen srpna srp",
        """
        september sep sept septembre septiembre settembre set setembro wrzesien wrzesnia wrz \
        zari
        """,
        """
        october oct oktober okt octobre octubre ottobre ott outubro out pazdziernik \
        pazdziernika paz rijen rijna rij
        """,
        "november nov novembre noviembre novembro listopad listopada lis",
        """
        december dec dezember dez decembre diciembre dic dicembre dezembro grudzien grudnia \
        gru prosinec prosince pro
        """,
    ]
}
