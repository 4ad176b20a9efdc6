extension Page {
    /// A page as it comes with the program: what holds wherever nobody changed the program.
    static func usual(_ kind: PageKind) -> Page {
        switch kind {
        case .privacy:
            Page(kind: kind, title: "Privacy", text: usualPrivacy, version: 1, updatedAt: nil)
        case .terms: Page(kind: kind, title: "Terms", text: usualTerms, version: 1, updatedAt: nil)
        }
    }

    private static let usualPrivacy = """
        This is a private installation of Martlet. Whoever runs this server decides about it and is \
        the one to ask; they have not written a page of their own yet.

        ## What is kept

        - Your name, e-mail address, language and time zone, so that you can sign in.
        - Your password as a digest from which it cannot be read back.
        - The books of your households: accounts, transactions, categories, imported files.
        - The devices that you are signed in on, with their network address, and a record of \
        sign-ins and changes, so that you and the people you share with can see what happened.

        ## Where it goes

        It stays on this server. Martlet sends nothing to anyone, shows no advertising and counts no \
        visits. Letters to you go through the mail server that was set up here, if any.

        ## Cookies

        The web app keeps one cookie that holds your session and one that knows this device again. \
        Where you sign in with another provider, a third one holds that sign-in together, for ten \
        minutes at most. All are needed to sign in, so nobody asks you about them.

        ## What you can do

        - Take everything with you: Settings, Privacy, Export.
        - Correct your name, address and books at any time.
        - Have your account erased. You have 14 days to change your mind. Then the account and the \
        households that are yours alone are erased. A record stays that something was done and when, \
        without what it was. Copies in backups go when the backups do.
        """

    private static let usualTerms = """
        This is a private installation of Martlet. Whoever runs this server decides who may use it; \
        they have not written a page of their own yet.

        - Keep your password to yourself, and better still add a second factor.
        - Enter what you may enter: other people's data only where they agree.
        - Martlet computes with care, and gives no advice on money, tax or law. Check what matters.
        - The program comes without warranty, under the Apache License 2.0.
        - You may leave at any time and take your data with you.
        """
}
