"""Short forms of given names, and names that are also words. Facts of the language, no rule of law."""

_SHORT = """
abigail abby gail; abraham abe; adelaide addie; albert al bert bertie; alejandra alex ale;
alejandro alex ale; alexander alex al sandy sasha; alexandra alex sandra sandy lexi;
alfred al fred alfie; alfredo fredo alf; alice ali; alison ali allie; amanda mandy; andrea andie;
andrew andy drew; angela angie; anna annie ann; anthony tony; antonia toni; antonio tony toño;
arthur art artie; barbara barb babs; beatriz bea betty; benjamin ben benny benji; bernadette bernie;
bernard bernie; bradley brad; brandon bran; carolina caro; caroline carrie carol; catalina cata;
catherine cathy kate katie cat; cecilia ceci; charles charlie chuck chaz; charlotte charlie lottie;
christina chris tina chrissy; christine chris chrissy; christopher chris topher; clarence clay;
consuelo chelo; cynthia cindy; daniel dan danny; daniela dani; david dave davey; deborah deb debbie;
diego dieguito; dolores lola; dominic dom nick; donald don donnie; dorothy dot dottie; douglas doug;
edward ed eddie ned ted teddy; edwin ed eddie; eleanor ellie nell;
elizabeth liz lizzie beth betty eliza libby; emily em emmy; emmanuel manny; enrique quique; ernest ernie;
esperanza espe; esteban teban; eugene gene; evelyn evie; felipe pipe; fernando nando; florence flo;
frances fran frannie; francis frank; francisca paca; francisco paco pancho cisco; franklin frank;
frederick fred freddie; gabriel gabe; gabriela gabi; geoffrey geoff; george georgie; gerald gerry jerry;
gilbert gil; graciela chela; gregory greg; guadalupe lupe lupita; guillermo memo; harold hal harry;
harriet hattie; henry hank harry; herbert herb bert; hortensia tencha; ignacio nacho; isaac ike;
isabel isa chabela; isabella bella izzy; jacob jake; jacqueline jackie; james jim jimmy jamie; janet jan;
javier javi; jeffrey jeff; jennifer jen jenny; jeremiah jerry; jeremy jerry; jessica jess jessie;
jesus chuy; joan joanie; joel joey; john jack johnny; jonathan jon jonny; jorge coque; jose pepe cheo;
josefina fina pepa; joseph joe joey; josephine jo josie; joshua josh; juan juanito; judith judy;
julia julie; julian jules; katherine kate kathy katie kit kitty; kathleen kathy kate; kenneth ken kenny;
kevin kev; kimberly kim; kristina kris tina; laura laurie; lawrence larry; leonard len lenny leo;
leonardo leo; leticia lety; lillian lil lily; linda lindy; louis lou louie; louise lou; lucia lucy;
luis lucho; madeline maddie; manuel manny manolo; marcus marc; margaret maggie meg peggy marge;
margarita mago; maria mari; maria-jose marijo; marilyn mary; mario mayito; martha marty; martin marty;
matthew matt matty; maurice mo; maximilian max; megan meg; melanie mel; melissa mel missy; melvin mel;
mercedes meche; michael mike mikey mick; michelle shelly; miguel migue; mildred millie; miriam mimi;
mitchell mitch; monica moni; nancy nan; natalie nat; nathan nate; nathaniel nate nat;
nicholas nick nicky; nicole nikki; norman norm; oliver ollie; olivia liv livvy; pamela pam;
patricia pat patty trish; patrick pat paddy; paul pauly; pedro perico; penelope penny; peter pete;
philip phil; priscilla cilla; rachel rae; rafael rafa; ramon moncho; randall randy; raymond ray;
rebecca becky becca; refugio cuca; reginald reg reggie; reynaldo rey; ricardo rico;
richard dick rich rick ricky; robert bob bobby rob robbie bert; roberta bobbie; roberto beto; rodney rod;
roger rog; roland rollie; ronald ron ronnie; rosario charo; roxanne roxy; russell russ; salvador chava;
samantha sam sammy; samuel sam sammy; sandra sandy; santiago santi; sarah sally; sebastian seb;
sergio checo; sharon shari; shirley shirl; socorro coco; sofia sofi; sophia sophie; stanley stan;
stephanie steph; stephen steve stevie; steven steve; stuart stu; susan sue susie; suzanne sue;
sylvia syl; tabitha tabby; terence terry; teresa tere tess terry; theodore ted teddy theo;
theresa terry tess tessa; thomas tom tommy; tiffany tiff; timothy tim timmy; tracy trace; valentina vale;
valerie val; vanessa nessa; veronica vero ronnie; victor vic; victoria vicky tori; vincent vince vinny;
virginia ginny; vivian viv; walter walt wally; wendell dell; wesley wes; wilfred will fred;
william bill billy will liam; winifred winnie; yolanda yoli; zachary zach zack
"""


def _table() -> dict[str, frozenset[str]]:
    """Every name of a family of names with its short forms, and every short form with its full ones."""
    found: dict[str, set[str]] = {}
    for family in _SHORT.split(";"):
        full, *short = family.split()
        found.setdefault(full, set()).update(short)
        for each in short:
            found.setdefault(each, set()).add(full)
    return {name: frozenset(others) for name, others in found.items()}


OTHER_FORMS = _table()
"""A given name in small letters and its short or full forms: `william` has `bill`, `bill` has `william`."""

_WORDS = """
abel ace alder amber angel april art ash aspen aster august aurora autumn baker banks basil bay bell berry
bill birch bishop black bliss bloom blue booker booth bowers branch brandy brook brooks brown buck bud bush
butler candy carol carpenter carter case cash cat cedar chance chase chuck clay cliff clover coke cole cook
cooper coral crane crystal daisy dale dash dawn day dean dell destiny dick dixie dot dove drew duke eden ever
faith farmer fern field fields finch fine fisher flint flower ford forest foster fountain fox frank gail gale
garden gardener gay gene gentry gil gill ginger glass glen good grace grant gray green grey guy hale hall
hand hank harmony harp hart hatch hazel head heart heather heaven heron hill holly honey hood hope hunt hunter
iris ivory ivy jack jade jasmine jasper jay jean jenny jewel jim job joy judge july june juniper justice kelly
king kit kitty knight lake lamb lance land lane lark laurel leaf lee legend leo liberty lily linden little
long love loving lucky mace major maple march marina mark marsh martin mason may mayor meadow melody mercy
merit merlin mick miles miller mills mo moon moore moss mother myrtle nan ned nell nick noble north oak
ocean olive onyx opal osprey page paisley park parker pat patience paul peach pearl penny pepper petal pete
peyton pie pierce piper plover pond poplar potter powers precious price prince queen quill rain randy ray
reed reef rich ridge rio river rivers rob robin rock rod root rose rosemary rowan ruby rue rush russet
rusty sable saffron sage sailor sally sand sandy savage scarlet scout serene shad shade shay shepherd short
sierra silver sky slate smith snow sol sonny sorrel spring star starling stern stone storm strong sue summer
sunny swan swift tansy teal tern terry thorn tiger time timber tom town tucker turner van vale vance violet
wade walker wall ward waters way weaver webb wells west whit white will willow winter wise wolf wood woods
worth wren yarrow young zion egret ibis kestrel sparrow sampleton placeholder standin
"""

ALSO_WORDS = frozenset(_WORDS.split())
"""Names that are also English words: counted as a name only where they are written as one."""
