"""What the network shares in the demo: topics, the five principles, two versions of the charter, the portal."""

SECTORS = [
    ("alimentation", "Alimentation et agriculture"),
    ("services-personne", "Services à la personne"),
    ("petite-enfance", "Enfance et jeunesse"),
    ("sante-social", "Santé et action sociale"),
    ("insertion", "Insertion par l’activité économique"),
    ("culture", "Culture et patrimoine"),
    ("sport-loisirs", "Sport et loisirs"),
    ("habitat-batiment", "Habitat et bâtiment"),
    ("energie-environnement", "Énergie et environnement"),
    ("reemploi", "Réemploi et réparation"),
    ("numerique", "Numérique et communication"),
    ("mobilite", "Mobilité"),
    ("formation-emploi", "Formation et création d’activité"),
    ("finance-assurance", "Finance solidaire et mutuelles"),
    ("industrie-artisanat", "Industrie et artisanat"),
    ("tourisme", "Tourisme et hébergement"),
    ("commerce", "Commerce et consommation responsable"),
]

TOPICS = [
    (
        "creer-reprendre",
        "Créer et reprendre",
        "Monter une activité, la transmettre, la reprendre à plusieurs.",
    ),
    ("emploi-insertion", "Emploi et insertion", "Le travail qui fait une place à chacun."),
    ("cooperation", "Coopératives", "SCOP, SCIC, CAE : entreprendre et décider ensemble."),
    ("vie-associative", "Vie associative", "Bénévoles, salariés et projets des associations."),
    (
        "finances-solidaires",
        "Finances solidaires",
        "L’épargne et les prêts qui financent des projets utiles.",
    ),
    ("monnaies-locales", "Monnaies locales", "Des monnaies qui restent et travaillent ici."),
    ("transition-ecologique", "Transition écologique", "Énergie citoyenne, réemploi, sobriété."),
    (
        "alimentation",
        "Alimentation et circuits courts",
        "De la terre à l’assiette, par le chemin le plus court.",
    ),
    ("numerique-tiers-lieux", "Numérique et tiers-lieux", "Des lieux et des outils partagés."),
    ("mobilites", "Mobilités", "Se déplacer quand on n’a pas, ou plus, de voiture."),
    (
        "enfance-jeunesse",
        "Enfance et jeunesse",
        "Crèches parentales, coopératives jeunesse, éducation populaire.",
    ),
    ("culture", "Culture et patrimoine", "Ce que les associations font vivre toute l’année."),
    ("habitat", "Habitat", "Habiter ensemble, rénover, loger."),
    (
        "politiques-publiques",
        "Politiques publiques et réseau",
        "La loi, les aides et la vie du réseau des pôles.",
    ),
]

# Words that are looked for together, as the network's admins write them.
SYNONYMS = [
    ("ressourcerie", "recyclerie", "réemploi", "matériauthèque"),
    ("AMAP", "association pour le maintien d’une agriculture paysanne", "panier de légumes"),
    ("subvention", "aide", "financement", "appel à projets"),
    ("ESS", "économie sociale et solidaire"),
    ("SCOP", "société coopérative et participative"),
    ("SCIC", "société coopérative d’intérêt collectif"),
    ("ESUS", "entreprise solidaire d’utilité sociale"),
    ("SIAE", "structure d’insertion par l’activité économique", "chantier d’insertion", "entreprise d’insertion"),
    ("DLA", "dispositif local d’accompagnement"),
    ("monnaie locale", "monnaie complémentaire"),
    ("tiers-lieu", "espace de travail partagé", "coworking"),
    ("création", "démarrer", "lancer", "porter un projet"),
    ("adhésion", "devenir membre", "rejoindre"),
    ("crèche", "petite enfance", "garde d’enfants"),
    ("vélo", "bicyclette", "cycle"),
    ("emploi", "recrutement", "offre d’emploi", "job"),
    ("habitat partagé", "habitat participatif"),
    ("traiteur", "restauration"),
]
BEST_BETS = [(("contact", "contacter", "adresse", "téléphone", "horaires"), "contact")]
PRINCIPLES = [
    {
        "title": "Activité économique",
        "slug": "activite-economique",
        "summary": "Produire des biens ou des services utiles, avec de vrais emplois et un modèle qui tient debout.",
        "text": "<p>Une structure de l’ESS entreprend : elle vend, elle emploie, elle investit, elle rend des comptes. "
        "Son activité peut être marchande ou non, portée par des salariés, des bénévoles ou les deux ; elle doit "
        "pouvoir durer.</p><p>C’est ce qui distingue l’ESS de la seule générosité : l’utilité y passe par une économie.</p>",
    },
    {
        "title": "Utilité sociale",
        "slug": "utilite-sociale",
        "summary": "Répondre à un besoin réel des habitants et du territoire avant de chercher un rendement.",
        "text": "<p>Garder des enfants à des horaires décalés, réparer au lieu de jeter, maintenir un commerce dans un "
        "bourg : l’utilité sociale se constate auprès de celles et ceux qui en bénéficient.</p><p>Les pôles aident à la "
        "mesurer par une évaluation participative, avec les usagers, les membres, les administrateurs et les salariés.</p>",
    },
    {
        "title": "Ancrage territorial",
        "slug": "ancrage-territorial",
        "summary": "Naître d’un territoire, y travailler avec les autres et ne pas pouvoir en être délocalisé.",
        "text": "<p>Les entreprises de l’ESS appartiennent à des gens d’ici. Elles achètent près de chez elles, siègent "
        "dans les conseils de développement, coopèrent avec les collectivités.</p><p>Cet ancrage protège : on ne ferme pas "
        "du jour au lendemain ce que l’on possède ensemble.</p>",
    },
    {
        "title": "Lucrativité limitée",
        "slug": "lucrativite-limitee",
        "summary": "Gagner de l’argent n’est pas le but : les excédents servent d’abord le projet.",
        "text": "<p>La majorité des bénéfices va au maintien ou au développement de l’activité. Les réserves obligatoires "
        "sont impartageables : personne ne s’enrichit en vendant l’entreprise.</p><p>L’argent reste un moyen, au service "
        "d’un objet social écrit dans les statuts.</p>",
    },
    {
        "title": "Gouvernance démocratique",
        "slug": "gouvernance-democratique",
        "summary": "Une personne, une voix : on décide parce qu’on participe, pas parce qu’on possède.",
        "text": "<p>Le pouvoir ne se mesure pas au capital apporté. Salariés, usagers, bénévoles et partenaires sont "
        "informés, débattent et votent.</p><p>Cela prend du temps, et c’est un investissement : une décision comprise est "
        "une décision appliquée.</p>",
    },
]

# By pôle and principle, what its own page of the principles adds, and words of the title of the article to read
EXAMPLES = {
    "fougeres": {
        "gouvernance-democratique": ("<p>À la fin d’une reprise en SCOP, chaque salarié associé a une voix, quel que soit son apport. "
                                     "Le conseil des Copeaux se tient à l’atelier, porte ouverte.</p>", "salariés reprenaient"),
        "ancrage-territorial": ("<p>Des légumes du bocage nourrissent quatre cantines du pays : l’argent du repas reste à "
                                "vingt kilomètres.</p>", "légumes du bocage"),
    },
    "cornouaille": {
        "utilite-sociale": ("<p>La sardine est revenue à la cantine, achetée à des pêcheurs d’ici et cuisinée par une équipe "
                            "d’insertion.</p>", "sardine revient"),
    },
}  # fmt: skip
NOT_SIGNED_YET = {"vitre", "guingamp", "redon"}  # the version in force
CHARTERS = [
    {
        "title": "Charte du réseau des pôles",
        "version": "1",
        "years_ago": 9,
        "introduction": "<p>Les premiers pôles écrivent ensemble ce qui les réunit.</p>",
        "commitments": [
            ("Partager une culture commune", "<p>Chaque pôle se reconnaît dans les principes de l’ESS et les fait connaître.</p>"),
            ("Accueillir et orienter chaque projet", "<p>Toute personne qui porte un projet est reçue et orientée, sans condition d’adhésion.</p>"),
            ("Prendre part au dialogue civil", "<p>Le pôle prend sa part du dialogue avec les élus et les habitants.</p>"),
        ],
    },
    {
        "title": "Charte du réseau des pôles",
        "version": "2",
        "years_ago": 2,
        "introduction": "<p>Écrite avec la CRESS et la Région, cette version reprend l’expérience des premières années et y ajoute "
        "l’évaluation et la solidarité entre pôles.</p>",
        "commitments": [
            ("Partager une culture, une éthique et des principes", "<p>Chaque pôle se reconnaît dans les cinq principes de l’ESS, les "
             "applique à sa propre gouvernance et les fait connaître.</p>"),
            ("Être ouvert à toute l’ESS du pays", "<p>Associations, coopératives, mutuelles, fondations et entreprises agréées y ont "
             "leur place, quelle que soit leur taille.</p>"),
            ("Accueillir et orienter chaque projet", "<p>Toute personne qui porte un projet est reçue, écoutée et orientée vers le bon "
             "accompagnement, sans condition d’adhésion.</p>"),
            ("Animer des projets collectifs", "<p>Le pôle fait travailler ensemble les structures du pays et rend compte de ce qu’il anime.</p>"),
            ("Prendre part au dialogue civil", "<p>Le pôle porte la voix de l’ESS auprès des élus et des habitants, en toute indépendance.</p>"),
            ("Évaluer et rendre public", "<p>Chaque année, le pôle mesure son action avec ses membres et publie ses résultats.</p>"),
            ("Être solidaires entre pôles", "<p>Les pôles partagent leurs outils et aident ceux qui naissent.</p>"),
        ],
    },
]  # fmt: skip

PORTAL = {
    "identity": {
        "tagline": "Des associations de territoire au service d’une économie sociale et solidaire, partout en Bretagne",
        "palette": "ocean",
        "typeface": "moderne",
        "motif": "phare",
        "email": "contact@reseau.example.org",
        "city": "Rennes",
        "postcode": "35000",
        "street_address": "3 rue du Réseau",
        "publisher": "Réseau des pôles de développement de l’ESS",
        "publication_director": "La présidence du réseau",
        "host_name": "Hébergeur associatif de démonstration",
        "host_address": "2 rue des Serveurs, 35000 Rennes",
        "host_phone": "02 61 91 00 00",
        "registration": "RNA W351234567",
    },
    "about": [
        {
            "type": "paragraph",
            "html": "<p>Un pôle de développement de l’économie sociale et solidaire est une association créée et conduite par "
            "les structures de l’ESS d’un pays breton. La CRESS anime le réseau avec la Région Bretagne ; chaque pôle garde "
            "son nom, son identité et ses projets.</p>",
        },
        {"type": "heading", "text": "Quatre objectifs communs"},
        {
            "type": "steps",
            "items": [
                {"title": "Soutenir la création et le développement d’activités de l’ESS", "html": ""},
                {"title": "Animer des projets collectifs et le réseau des entreprises", "html": ""},
                {"title": "Promouvoir l’économie sociale et solidaire", "html": ""},
                {"title": "Participer au dialogue civil sur le territoire", "html": ""},
            ],
        },
        {"type": "heading", "text": "Ce que cela représente"},
        {
            "type": "key_figures",
            "items": [
                {"value": "1 000", "label": "entreprises de l’ESS membres ou participantes, environ", "source": "Réseau des pôles"},
                {"value": "150", "label": "porteurs de projet reçus chaque année, environ", "source": "Réseau des pôles"},
                {"value": "35 000", "unit": "€", "label": "par an et par pôle au plus, de la Région Bretagne", "source": "Région Bretagne"},
            ],
        },
        {"type": "heading", "text": "Comment naît un pôle"},
        {
            "type": "timeline",
            "items": [
                {"date": "D’abord", "title": "Une initiative locale", "html": "<p>Un acteur, une collectivité ou le pays la prend.</p>"},
                {"date": "Ensuite", "title": "L’accord du conseil de développement", "html": "<p>Une étude de préfiguration peut précéder.</p>"},
                {"date": "Enfin", "title": "La naissance de l’association", "html": "<p>La CRESS apporte sa méthode, les membres fondent le pôle.</p>"},
            ],
        },
        {"type": "charter"},
    ],
}  # fmt: skip
