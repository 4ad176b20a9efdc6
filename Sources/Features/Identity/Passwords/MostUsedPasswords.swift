/// The most used passwords, of those that people may choose at all, and the words that most others
/// are made of.
///
/// - Source: `common-passwords.txt` of Django 5.2 (BSD, from Royce Williams' list of breaches) and
///   the password list of zxcvbn 4.5 (MIT, Daniel Wolf after Dan Wheeler): all of 12 characters and
///   more, and the words among the first 1 500 of each.
enum MostUsedPasswords {
    /// In lower case.
    static let long = Set(longText.split(whereSeparator: \.isWhitespace).map(String.init))

    /// In lower case, of 5 letters and more.
    static let words = Set(wordText.split(whereSeparator: \.isWhitespace).map(String.init))

    private static let longText = """
        000000000000 010203040506 012345678910 014702580369 01telemike01 0r968ji9ufj6 102030405060
        111111111111 111111111111111 1111111111zz 111222333000 111222333444555 111222tianya
        112233445566 122333444455555 123123123123 123123qweqwe 123321123321 123321456654
        123321qweewq 123456123456 123456654321 123456782000 1234567887654321 1234567890-=
        123456789000 12345678900987654321 1234567890123 12345678901234567890 1234567890987654321
        1234567890qaz 1234567890qw 1234567890qwe 1234567890qwerty 1234567890qwertyuiop
        1234567890zzz 123456789101 1234567891011 123456789101112 123456789123 123456789123456
        1234567891234567 123456789123456789 1234567892000 12345678987654321 123456789987654321
        123456789abc 123456789asd 123456789qaz 123456789qqq 123456789qwe 123456789qwer
        123456789qwerty 123456789zxc 1234567qwertyu 123456qwerty 1234qwerasdf 1234qwerasdfzxcv
        123admin321a 123qwe123qwe 123qwe456rty 123qweasdzxc 123qwerty123 12qw34er56ty 159753159753
        159753456852 1a2s3d4f5g6h 1q2w3e4r5t6y 1q2w3e4r5t6y7u 1q2w3e4r5t6y7u8i 1q2w3e4r5t6y7u8i9o
        1q2w3e4r5t6y7u8i9o0p 1qa2ws3ed4rf 1qa2ws3ed4rf5tg 1qaz2wsx3edc 1qaz2wsx3edc4rfv
        1qazxsw23edc 1qazxsw23edcvfr4 23176djivanfros 31217221027711 32615948worms 41d8cd98f00b
        4815162342lost 520love101182 541233432442 5532361cnjqrf 59382113kevinp 742617000027
        89231243658s 89876065093rax ??????@mail.ru a1s2d3f4g5h6 abc123456789 admin18533362
        administrator amadeusptfcor an83546921an13 andrewjackie antananarivu arabella24630
        asdfgh123456 asdfghjkl123 asdfghjkl:&#39: auckland2010 avrillavigne bltynbabrfwbz
        boy4u2ownnyc bpgjldsgjldthnf businessbabe chickenwing101 christopher1 cjdthitycndj
        combat123654 contortionist cookiemonster corperfmonsy cosmopolitan counterstrike
        demon1q2w3e4r demon1q2w3e4r5t devilmaycry4 dfg5fhg5vgfh1 digitalprodu dkflbvbhjdbx
        dkflbvbhjdyf domainlock2005 doomsayer.2.7mords.v doomsayer.2.7mords.vv edwardcullen
        ezekiel11991 fallen_angel familiyafamiliya finalfantasy fkmnthyfnbdf fktrcfylhjdbx
        fktrcfylhjdf fktrcfylhjdyf flvbybcnhfnjh frederiksberg fucktheworld fuckyoubitch
        fynfyfyfhbde g13916055158 gettherefast gfhjkmgfhjkm ghbdtnghbdtn ghbdtnrfrltkf
        ghhh47hj7649 ghjcnjgbpltw ghjcnjgfhjkm ghjcnjghjcnj ghjcnjqgfhjkm ghjcnjrdfibyj
        ghjnbdjcnjzybt gjkysqgbpltw googletester greenlantern gtnhjpfdjlcr hannahmontana
        hawkesbury93 hd764nw5d7e1vb1 hedimaptfcor heterosexual iampurehaha2 ichliebedich
        ihatethisgame iloveboobies ilovemyfamily imyaimyaimya inactive1996aug ingodwetrust
        installdevic installsqlst international internazionale iseedeadpeople jamesbond007
        jesuslovesme jkiuztdftl57 john!20130605at1753 jundian2011xr justinbieber kartoffelpuffer
        knackwurst8853 laurel12creek leavemealone leliane50934 lhbjkjubz2957704 lightpower12345
        linkedin2011 liverpool123 lost4815162342 lovelovelove lydcc20091314 lytghjgtnhjdcr
        m01759766727 mailcreated5240 manchesterunited maprchem56458 marek14michal massimiliano
        masterbaiting masterbating masturbation maurolarastefy mega_pizdetz666 megaparol12345
        mevefalkcakk michaeljackson migrationschool minecraft123 minnesota_hp moderncombat
        momsanaladventure morganstanley mortalkombat motherfucker msorcloledbr n8zgt5p0shw=
        natiichen999 needforspeed nemvxyheqdd5oqxyxyzi networkingpe neworleans12345 newproject2004
        nhecsyfujkjdt nhfdvfnjkju123 nhfycajhvths nightcrawler nondriversig olcrackmaster
        onedirection ontheoutside p030710p$e4o paraklast1974 password1234 password12345
        password123456 passwordstandard pe#5gz29ptzmse peanutbutter playstation2 playstation3
        polniypizdec0211 polniypizdec1102 polniypizdec110211 pornographic professional
        projectsadminx przyjaciolki ptybnxtvgbjy punksnotdead q1w2e3r4t5y6 q1w2e3r4t5y6u7
        q1w2e3r4t5y6u7i8 q1w2e3r4t5y6u7i8o9p0 qawsedrftgyh qaz123wsx456 qazwsxedc123 qazwsxedcrfv
        qazwsxedcrfvtgb qazxswedc123 qazxswedcvfr qwaszxerdfcv qwe123qwe123 qweasdzxc123
        qwegta13091990 qwerasdfzxcv qwertasdfgzxcvb qwerty123456 qwerty123456789 qwertyasdfgh
        qwertyqwerty qwertyuiop10 qwertyuiop12 qwertyuiop123 qwertyuiop12345 qwertyuiop[]
        qwertyytrewq residentevil rfnthbyf1988 s8ylpe9jdpvym sanfrancisco saun24865709
        schoolgirlie sdf7asdf6asdg8df sebastian106 seemnemaailm seniseviyorum sojdlg123aljg
        somanypickles27 sonnenschein sonyericsson specialinsta startfinding starwarsfan10
        stefangreil1983 stickdaddy77 stinkyfinger stratocaster supernatural systemofadown
        telechargement temppassword thecakeisalie ticketmaster total12scherz transformers
        vanyarespekt vfhbyfvfhbyf vfrcbvvfrcbv vfvfvskfhfve vitor1268123 vladimirovna warhammer40k
        wazzkaprivet websolutions websolutionssu webuivalidat weihnachtsbau weihnachtsbaum
        weronika1992 whosyourdaddy xantria10315 xtseo2011tdx xxxp455w0rd5 yandi20080527
        yemi19900911 yfdbufnjh10305070 z1x2c3v4b5n6m7 zaq1xsw2cde3 zaqwsxcderfv zcfvfzkexifz
        zmx870919123 zqjphsyf6ctifgu zxcasdqwe123 zxcvbn123456 zxcvbnm123456789
        """

    private static let wordText = """
        aaaaa aaaaaa aaaaaaaa aardvark abcdef abcdefg abcdefgh abgrtyu abigail access accord
        action adgjmptw adidas admin adrian adriana airborne airforce airplane alabama alaska
        albert alberto alejandr alejandro aleksandr alessandro alexande alexander alexandr
        alexandra alexis alicia aliens allison alpha alpine alyssa amadeus amanda amateur america
        amoremio anakin anderson andrea andrei andrew andrey angel angela angelica angelina angelo
        angels animal anthony antonio anubis apache apollo apple apples aragorn arizona arsenal
        arthur asdasd asdasdasd asdfasdf asdfg asdfgh asdfghj asdfghjk asdfghjkl asdfjkl asdzxc
        ashley assassin asshole assman atlanta atlantis auburn audrey august austin australia
        avalon avatar awesome azerty azertyuiop babes babyboy babydoll babygirl babylon badass
        badboy badger badoo baggins bailey baller balls bambam banana bananas bandit banshee
        barbara barbie barcelon barcelona barney baseball basket basketba basketball bassman
        bastard batman beagle beatles beautiful beauty beaver beavis beetle benjamin berlin
        bestfriend bianca bigboobs bigboy bigcock bigdaddy bigdick bigdog bigfoot biggie bigguy
        bigmac bigman bigone bigred bigtits billybob bingo birdie biscuit bismillah bitch bitches
        biteme blabla black blackcat blackdog blackie blade blades blahblah blaster blazer blessed
        blessing blizzard blonde blondie blowjob blowme bluebird bluemoon blues bluesky bobafett
        bobby bobcat boeing bollocks bomber bondage bonehead bonjour bonnie boobies booboo boobs
        booger boogie boomer booty boston bowling bradley brandon brandy brasil braves brazil
        brenda brianna britney brittany bronco broncos brooke brooklyn brownie browns bruins
        brutus bubba bubble bubbles buckeye buckeyes buddha buddy budlight buffalo buffett bugger
        bulldog bulldogs bullet bullshit bunny burger business buster butter butterfl butterfly
        butthead buttons byteme cactus cadillac caesar californ california calvin camaro cameron
        camila camille canada cancer cantona captain cardinal carlos carmen carolina caroline
        carrot carter cartman caserta casino casper cassie catdog catfish catherine cavalier
        cdtnkfyf celtic cessna champion chance changeme chaos charger chargers charles charlie
        charlott charlotte charly cheese chelsea cherokee cherry chester chevelle chevy cheyenne
        chicago chichi chicken chicks chiefs children chipper chocolat chocolate chopper chouchou
        chris chrissy christ christia christian christin christina christine christop christopher
        chronic chubby cjkysirj cjkywt cjmasterinf claire classic claudia clover cobra cocacola
        coffee colorado colors coltrane compaq computer concrete condor connect connor consumer
        cookie cookies cooldude coolio cooper copper corona corvette cosmos cougar courtney cowboy
        cowboys coyote cracker creative cricket crimson cristian cristina crusader crystal cthutq
        cumming cumshot cupcake curious dagger dakota dallas dancer danger daniel daniela danielle
        danni darkness darkside darkstar darling david daytona dbrnjhbz debbie december defender
        deftones delete delta denise dennis desire destiny detroit devil devildog devils dexter
        dfvgbh diablo diamond diamonds dickhead diesel dietcoke digger digital dilbert dingdong
        diosesfiel discover disney dkflbvbh doctor dodger dodgers doggie doggy dollar dolphin
        dolphins dominic domino donald donkey doodle dookie doudou dragon dragons dreamer dreams
        driver drizzt drowssap drpepper drummer dublin ducati dumbass eagle eagles eatme eatshit
        eclipse eduardo edward einstein ekaterina electric element elephant elizabet elizabeth
        emerald eminem emmanuel empire engineer england enigma enter enterpri erotic escort esther
        estrella eternity everton evildick exigen exigent explorer express extreme facebook falcon
        family fantasy faster fatboy fatcat father fatima fender fernando ferrari ferret fetish
        ficken fighter finger fireball firebird firefly fireman fishing fktrcfylh fktrctq flash
        flatron flipper florence florida flower flowers fluffy flyers foobar football forest
        forever fossil foxtrot france francesca francesco francis frankie freaky freddy freedom
        freepass freeuser friday friend friends friendster froggy frosty fucked fucker fucking
        fuckit fuckme fuckoff fuckyou funtime fusion fyfcnfcbz fylhtq gabriel gabriela galaxy
        galina galore gambit gandalf gangsta gangster garden garfield gateway gators geheim gemini
        genesis genius george georgia geronimo getsome gfhjkm ghbdtn ghbdtnbr ghjcnj ghost giants
        ginger giovanni girls giuseppe gizmo gloria goblin goblue goddess godisgood godzilla
        goforit golden goldfish golfer goober goodluck google gorilla gotcha gothic gracie green
        greenday gregory grendel griffey grizzly groovy guardian guinness guitar gundam gunner
        gwerty hacker hahaha halflife hallo hamlet hammer hamster hannah hannibal hansolo
        happiness happy hardcore hardon harley hawaii hawkeye heather heaven hellfire hello
        hellokitty helpme hendrix hentai hercules hershey hesoyam highland hiphop hitman hjvfirf
        hobbes hobbit hockey holiday hollywoo hollywood homelesspa honda honey hongkong hooker
        hooters hornet horney horny horse horses hotdog hotmail hotrod hotsex hotstuff hottie
        hummer hunter hunting huskers ibanez icecream iceman ihateyou iloveme ilovesex iloveu
        iloveyou immortal impala indian indiana indians indigo inferno infinity insane integra
        internet intrepid inuyasha irina ironman isabel isabella isabelle italia iverson iwantu
        jackass jackie jackoff jackson jaguar jamaica james january jasmin jasmine jason jasper
        jeffrey jennifer jeremy jericho jerome jessica jessie jester jesus johnny johnson joker
        jonathan jordan joseph joshua juice julian jumper jungle junior jupiter justice justin
        justinbieb justine justme juventus kangaroo kansas karate karina katana katerina kawasaki
        keeper kenneth kevin keyboard killer kimberly kingkong kirill kisses kissme kitten kitty
        kittycat klaster knicks knight knights kodiak kolobok krishna kristina lacrosse ladybug
        lakers lalala lancer larisa lastfm lasvegas latino laura lauren leather ledzep legend
        legion legolas lennon leonardo lesbian leslie lestat letmein liberty licker lickme
        lifehack lights linkedin linkinpark liquid liverpoo liverpool lizard lizottes lobster
        logitech lolita lollipop lollol london lonestar lonewolf longhorn lorenzo loser louise
        loulou lovelove lovely loveme lover loverboy lovers loveyou lowrider lucifer lucky lvbnhbq
        machine maddie maddog madison madman madmax madness madonna maestro maggie magic magnum
        mahalkita maiden makaveli maksim malibu mamapapa manchester maniac manson manuel manutd
        marathon marcus margarita maria mariana marie marina marine marines marino mariposa
        marlboro marley marseille martin martina martini martlet marvin maryjane master matrix
        matthew mature maverick maxima maximus maxwell megadeth megaman melanie melissa memphis
        mercedes mercury meridian merlin metallic metallica mexico miami michael michele michelle
        michigan mickey microsoft midnight miguel milano miller millie minecraft minnie mirage
        miranda mister mistress mmmmmm mnbvcxz mohamed monday money mongoose monica monika monique
        monitor monkey monster montana montreal mookie moomoo moose morgan morpheus moscow mother
        motorola mountain mouse mozart muffin mulder munchkin murphy muscle mushroom music musica
        musicman mustang mylove mynoob myspace naked napoli naruto nascar nasty nastya natali
        natalia natalie natasha nathan naughty nelson nemesis neptune never newlife newpass
        newport newyork nfnmzyf nicholas nicola nicolas nicole nigger nikita nimrod niners ninja
        nintendo nipple nipples nirvana nissan nokia nolimit nookie nothing november nugget nylons
        nymets oakland obiwan october oksana oldman oliver olivia omega onelove online openup
        orange orion orlando osiris outlaw overlord oxford packard packers pakistan paladin pamela
        panama panasonic pandora pantera panther panthers panties panzer paradise paradox parker
        parola parrot pascal passat passion passport passwor password passwort patches patricia
        patrick patriot patriots pavilion peaches peanut peanuts pearljam pebbles peekaboo peewee
        pegasus pencil penguin penis pentium people pepper pepsi pervert phantom philips philly
        phoenix photos phpbb picard picasso pickle pickles pierre piglet pikachu pimpin pioneer
        pirate pirates pitbull pizza planet plastic platinum playboy player playtime please poison
        poiuyt pokemon polaris police polina pontiac poohbear pookie poopie poopoo popcorn popeye
        porno pornstar porsche portland portugal postal potato potter powder precious predator
        prelude presario pretty prince princes princesa princess private privet psycho pumpkin
        punisher punkrock purple pussies pussy pussycat pussys pyramid python qawsed qazqaz qazwsx
        qazwsxed qazwsxedc qazxsw qazxswedc qqqqqq qwaszx qweasd qweasdzxc qweqwe qwerasdf qwert
        qwerty qwertyu qwertyui qwertyuiop rabbit racecar racerx rachel racing rafael raider
        raiders rainbow raistlin rammstein random ranger rangers raptor rascal raven ravens
        raymond realmadrid reaper rebecca reddog redhead redman redneck redrum redskins redsox
        redwings regina remember renegade rental rfrfirf rhbcnbyf ricardo richard ripper rjntyjr
        robert roberto rocker rocket rocks rockstar rolltide rommel ronald ronaldo rooster rosebud
        rubber rulez runner ruslan russia sabine sabrina sailing sailor saints sairam sakura
        salmon samantha samson samsung samuel samurai sandiego sandman sandra santiago sarah
        sasuke saturn savannah sayang scarface school scooby scooter scorpio scorpion scotland
        scotty scruffy scully seattle sebastia sebastian secret security seinfeld seminole
        semperfi septembe september serega serenity sergei sergey sergio sesame sexsex sexual
        shadow shaggy shalom shamrock shannon shark sharks sharon shasta shaved shelby sherlock
        shiloh shithead shogun shooter shopping shorty shotgun showme showtime siemens sierra
        silver silvia simone simple simpsons single sinner sirius sister skater skeeter skipper
        skippy skittles skyline skywalke slapshot slayer slick slipknot sluts smile smiles smiley
        smitty smoke smokey smooth snake snakes snapper snatch snickers sniper snoopy snowball
        snowman sobaka soccer softball software soldier soleil sooners sophia sophie spanking
        spanky sparky spartak spartan speedy spencer spider spiderma spiderman spike spirit
        spitfire spongebob spooky spring sprite spunky spyder squirrel squirt srinivas ssssss
        stalker stallion starcraft stardust stargate startfinding startrek starwars status stealth
        steelers stella stephani stephanie stephen sterling steven sticky stimpy stinger stingray
        stinky stocking stonecol stones storm stormy stranger strawberry strider strike student
        stupid subaru sublime success sucker suckit suckme sucks sugar summer sundance sunday
        sunflower sunrise sunset sunshine super superfly superman superstar surfer surfing suzuki
        svetlana swallow sweet sweetheart sweetie sweetpea sweets sweety swimming swinger swordfis
        swordfish sydney tacobell tamara tanker target tarheel tarheels tarzan tattoo taurus
        taylor tazman teacher techno teddybear teens tennis tequila teresa tester testing thailand
        thegame theman theone therock thomas thuglife thumper thunder tickle tiffany tiger tigers
        tigger timber timothy tinker tinkerbell tinkle tintin titanic titans tomcat topgun tornado
        toronto toshiba tottenha toyota trance transam travel travis trfnthbyf trigger trinity
        tristan triumph trixie trojan trombone trooper trouble truck trucker trucks trumpet trunks
        tucker tudelft turbo turkey turtle tweety twilight twister tyler ultimate undertaker
        unicorn united unreal vagina valentin valentina valera valeria vampire vanessa vanhalen
        vegeta velvet verbatim veronica veronika vertigo vfhbyf vfrcbv vfvjxrf victor victoria
        victory viking vikings viktor vincent viper virgin virginia vision vkontakte vladimir
        volleyball voodoo voyager vqsablpzla walnut walter wanker warcraft warlock warrior
        warriors waterloo weasel weezer welcome werewolf westham westside wetpussy whatever wheels
        whiskey whore whynot wicked wildcat wildcats william williams willie willow wilson windows
        winner winnie winston winter wisdom wizard woaini wolfgang wolfman wolfpack wolverin
        wolverine wolves wombat woody wordpass wrangler wutang wwwwww xavier xfiles xxxxxx yamaha
        yankee yankees ybccfy ybrbnf yellow yfnfif yomama ytrewq zachary zaqwsx zeppelin zipper
        zombie zoosk zxcvbn zxcvbnm zzzzzz zzzzzzzz
        """
}
