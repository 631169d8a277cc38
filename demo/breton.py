"""What the network shares in the demo, in Breton: by the address of the French."""

SECTORS = {
    "alimentation": "Boued ha labour-douar",
    "services-personne": "Servijoù d’an dud",
    "petite-enfance": "Bugale ha yaouankiz",
    "sante-social": "Yec’hed hag oberoù sokial",
    "insertion": "Enframmañ dre al labour",
    "culture": "Sevenadur ha glad",
    "sport-loisirs": "Sport ha dudi",
    "habitat-batiment": "Annez ha savadurioù",
    "energie-environnement": "Energiezh hag endro",
    "reemploi": "Adimplij ha dresañ",
    "numerique": "Niverel ha kehentiñ",
    "mobilite": "Mont ha dont",
    "formation-emploi": "Stummañ ha krouiñ labour",
    "finance-assurance": "Arc’hant kengred ha kevredadoù",
    "industrie-artisanat": "Greanterezh hag artizanelezh",
    "tourisme": "Touristerezh ha lojañ",
    "commerce": "Kenwerzh ha prenañ kiriek",
}
TOPICS = {
    "creer-reprendre": ("Krouiñ hag adkemer", "Sevel un obererezh, e dreuzkas, e adkemer a-gevret."),
    "emploi-insertion": ("Labour hag enframmañ", "Al labour a ro e blas da bep hini."),
    "cooperation": ("Kevelouriezhoù", "SCOP, SCIC, CAE: embregañ ha divizout asambles."),
    "vie-associative": ("Buhez ar c’hevredigezhioù", "Tud a-youl vat, goproù ha raktresoù ar c’hevredigezhioù."),
    "finances-solidaires": ("Arc’hant kengred", "An espern hag ar prestoù evit raktresoù talvoudus."),
    "monnaies-locales": ("Moneizoù lec’hel", "Moneizoù a chom hag a labour amañ."),
    "transition-ecologique": ("Treuzkemm ekologel", "Energiezh keodedel, adimplij, muzulig."),
    "alimentation": ("Boued ha berr-hent", "Eus an douar d’an asied, dre an hent berrañ."),
    "numerique-tiers-lieux": ("Niverel ha trede lec’hioù", "Lec’hioù hag ostilhoù rannet."),
    "mobilites": ("Mont ha dont", "Monedone pa n’eus karr ebet, pe hini ebet ken."),
    "enfance-jeunesse": ("Bugale ha yaouankiz", "Magourioù kerent, kevelouriezhoù ar yaouankiz, desavadur ar bobl."),
    "culture": ("Sevenadur ha glad", "Ar pezh a zalc’h ar c’hevredigezhioù bev a-hed ar bloaz."),
    "habitat": ("Annez", "Bevañ asambles, reneveziñ, lojañ."),
    "politiques-publiques": ("Politikerezhioù ha rouedad", "Al lezenn, ar skoazelloù ha buhez rouedad ar poloù."),
}
PRINCIPLES = {
    "activite-economique": (
        "Obererezh ekonomikel",
        "Produiñ madoù pe servijoù talvoudus, gant gwir labour hag ur patrom a zalc’h en e sav.",
        "<p>Un aozadur eus an EKS a embreg: gwerzhañ a ra, implijout, postañ arc’hant, ha rentañ kont. Gallout a ra bezañ "
        "marc’hadel pe get, douget gant gopridi, gant tud a-youl vat pe gant an daou; ret eo dezhañ padout.</p>",
    ),
    "utilite-sociale": (
        "Talvoudegezh sokial",
        "Respont da ezhommoù gwirion an dud hag an tiriad a-raok klask gounid.",
        "<p>Diwall bugale d’eurioù dihiñchet, dresañ e-lec’h teuler, derc’hel ur stal er vourc’h: an talvoudegezh sokial a weler "
        "gant ar re a denn splet anezhi.</p>",
    ),
    "ancrage-territorial": (
        "Gwriziennoù en tiriad",
        "Bezañ ganet en un tiriad, labourat eno gant ar re all ha chom hep bezañ dilec’hiet.",
        "<p>Embregerezhioù an EKS a zo da dud ac’hann. Prenañ a reont nepell, kenlabourat a reont gant ar strollegezhioù.</p>",
    ),
    "lucrativite-limitee": (
        "Gounid bevennet",
        "Gounit arc’hant n’eo ket ar pal: an dreistenn a servij ar raktres da gentañ.",
        "<p>Ar pep brasañ eus ar gounidoù a ya d’an obererezh. Ar mirvoù rediet n’hallont ket bezañ rannet: den ebet ne binvidika "
        "en ur werzhañ an embregerezh.</p>",
    ),
    "gouvernance-democratique": (
        "Renerezh demokratel",
        "Un den, ur vouezh: divizout a reer dre ma kemerer perzh, ket dre ma perc’henner.",
        "<p>Ar galloud n’eo ket hervez an arc’hant degaset. Gopridi, implijerien, tud a-youl vat ha kevelerien a vez kelaouet, "
        "a gaoze hag a vot.</p>",
    ),
}
CHARTER = {
    "title": "Karta rouedad ar poloù",
    "introduction": "<p>Skrivet gant ar CRESS hag ar Rannvro, ar stumm-mañ a adkemer skiant-prenet ar bloavezhioù kentañ hag a "
    "ouzhpenn ar priziañ hag ar c’hengred etre ar poloù.</p>",
    "commitments": [
        (
            "Rannañ ur sevenadur, un etik ha pennaennoù",
            "<p>Pep pol en em gav e pemp pennaenn an EKS hag o laka anavezet.</p>",
        ),
        (
            "Bezañ digor d’an holl EKS er vro",
            "<p>Kevredigezhioù, kevelouriezhoù, kevredadoù, diazezadurioù hag embregerezhioù.</p>",
        ),
        (
            "Degemer ha heñchañ pep raktres",
            "<p>Pep den gant ur raktres a vez degemeret, selaouet ha heñchet, ezel pe get.</p>",
        ),
        ("Buhezañ raktresoù a-stroll", "<p>Ar pol a laka aozadurioù ar vro da labourat asambles hag a rent kont.</p>"),
        (
            "Kemer perzh er c’hendiviz keodedel",
            "<p>Ar pol a zoug mouezh an EKS dirak an dilennidi hag an annezidi.</p>",
        ),
        ("Priziañ hag embann", "<p>Bep bloaz e vuzul ar pol e oberoù gant e izili hag ec’h embann an disoc’hoù.</p>"),
        ("Bezañ kengred etre poloù", "<p>Ar poloù a rann o ostilhoù hag a skoazell ar re o c’henel.</p>"),
    ],
}
