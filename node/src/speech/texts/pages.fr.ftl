# Les pages en français. Ce qui est entre { … } est mis par le nœud ; [ et ] entourent les mots d’un lien.

## Toutes les pages

register = Registre de mentorat
of-organisation = de { $name }
skip = Aller au contenu
about-this-register = À propos de ce registre
search = Recherche
about = À propos
sign-in-or-out = Se connecter ou se déconnecter
privacy = Vie privée
complaints = Réclamations
own-disk = Réponse tirée du disque de ce nœud. Vos mots ne sont allés nulle part ailleurs.
switch = Langue
decimal-sign = ,
day = { $day } { $month } { $year }
month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre

## La première page

find = Trouver une mentore ou un mentor
ask = Sur quoi voulez-vous travailler ?
ask-hint = Un savoir-faire, un métier, une question : « réseaux sociaux », « reprendre le travail ».
ask-button = Chercher
unsure = Vous ne savez pas quoi écrire ? [Quatre questions aident], et chacune peut être sautée.
everybody = [Voir tout le monde]
start-counted =
    { $count ->
        [one] { $count } personne est inscrite ici.
        [many] { $count } de personnes sont inscrites ici.
       *[other] { $count } personnes sont inscrites ici.
    }
start-what = Ce qu’est le mentorat
start-what-1 = Le mentorat est une conversation entre vous et une personne qui est déjà passée par où vous voulez aller. Elle écoute, interroge, partage son expérience et ouvre parfois une porte. Ce que vous en faites, c’est vous qui le décidez.
start-what-2 = Ce n’est ni un cours, ni une thérapie, ni une offre d’emploi, et personne n’a besoin d’être parfait : presque tout le monde peut aider sur un sujet et a besoin d’aide sur un autre.
start-kinds = Les formes de mentorat
kind-intro_15 = Une première conversation pour voir si le courant passe. Elle n’engage à rien et c’est la meilleure façon de commencer.
kind-micro = Une question ou une décision, réglée en quelques rencontres.
kind-standard = Une relation avec un but, le plus souvent une rencontre par mois.
kind-open_ended = Aussi longtemps que les deux y trouvent leur compte.
kind-peer = Deux personnes au même stade s’aident à tour de rôle.
kind-reverse = Une personne moins ancienne accompagne une personne qui l’est davantage.
kind-group = Une personne accompagne un petit groupe qui partage la même question.
start-steps = Comment cela se passe
step-1 = Cherchez ce sur quoi vous voulez travailler, ou laissez quatre questions trouver les mots.
step-2 = Lisez un ou deux profils. Chaque résultat dit pourquoi il a été trouvé ; la décision vous appartient.
step-3 = Demandez 15 minutes : un titre clair, une demande limitée, et pourquoi cette personne. Cinq demandes peuvent être ouvertes à la fois.
step-4 = Vous recevez toujours une réponse. Les coordonnées ne sont échangées que si les deux disent oui.
step-5 = Rencontrez-vous, convenez du but et du rythme, et faites le point au bout d’un moment : est-ce encore utile ?
step-6 = Arrêtez quand cela ne convient pas. Personne n’a besoin d’une raison, et ce n’est la faute de personne.
start-whom = À qui demander
start-whom-asked = { $name } tient ce registre. Le service du registre aide pour les demandes, les profils et tout ce qui s’est mal passé.
start-whom-more = Ces pages disent de qui viennent les profils, ce que deviennent les informations données et où s’adresser quand quelque chose ne va pas :

## De quoi avez-vous besoin ?

need = De quoi avez-vous besoin ?
need-lead = Quatre questions, environ trois minutes. Répondez à ce que vous voulez et laissez le reste : chaque réponse améliore un peu la recherche, et aucune n’est nécessaire.
need-private = Vos réponses restent dans l’adresse de votre propre recherche. Ce nœud ne les garde pas et ne les envoie nulle part.
need-why = Pourquoi cherchez-vous un mentorat ?
need-context = Où en êtes-vous ?
need-context-hint = Votre domaine, votre travail, ce qui change : « dans les soins, première équipe à diriger ».
need-context-label = Votre situation en quelques mots
need-look = Que cherchez-vous ?
need-look-words = Ce sur quoi vous voulez travailler
need-look-kind = Comment vous aimeriez travailler ensemble
need-look-language = Une langue que vous voulez parler
need-look-any = n’importe quelle langue
need-look-free = Seulement les personnes qui ont une place libre
need-bring = Qu’apportez-vous ?
need-bring-hint = On aime savoir qui l’on va rencontrer : ce que vous savez faire, ce que vous avez essayé, quand vous avez le temps. Cela ne sert pas à la recherche. Cela reste à côté de vos résultats, prêt pour votre premier message.
need-bring-label = Ce que vous apportez, en quelques phrases
need-button = Trouver des personnes
need-skip = [Sauter les questions] et voir tout le monde.
told = Ce que vous nous avez dit
told-change = [Changer vos réponses]
help-career_development = Mon parcours professionnel
help-sector_knowledge = Découvrir un domaine
help-organisational_politics = Comprendre le fonctionnement d’une organisation
help-skills = Un savoir-faire
help-confidence = La confiance en moi
help-managing_change = Un changement à conduire
help-returning_to_work = Reprendre le travail
help-chartership_or_accreditation = Un titre ou une accréditation
help-leadership = Diriger une équipe
help-entrepreneurship = Créer quelque chose à moi

## Résultats

refused = Cette recherche n’a pas pu se faire
again = [Recommencer]
found =
    { $count ->
        [0] Personne de trouvé
        [one] { $count } personne
        [many] { $count } de personnes
       *[other] { $count } personnes
    }
found-range = { $first } à { $last }
narrow = Affiner les résultats
filters-set = Filtres actifs
filter-remove = – retirer ce filtre
filter-remove-all = Tout retirer
filter-skill = S’y connaît en
filter-offer = Propose
filter-language = Parle
filter-country = Vit en ou à
filter-organisation = Inscription par
filter-available = Places libres
filter-trainee = En formation
trainee-true = dit être en formation
trainee-false = ne le dit pas
available-true = a une place libre
available-false = n’en a pas pour le moment
none-yet = Personne n’est encore inscrit ici. Les profils apparaîtront dès que { $name } publiera le premier, ou fera confiance à une organisation qui en a.
nobody = Personne ne répond à tout cela. Ce qui aide souvent :
nobody-filters = [Chercher de nouveau sans les filtres]
nobody-words = Employez moins de mots, ou des mots plus généraux : « écriture » plutôt que « rédaction de rapports annuels ».
nobody-everybody = [Voir tout le monde], d’abord les personnes les plus disponibles.
nobody-hidden = Des profils d’autres organisations sont connus mais ne sont pas montrés ici ; voyez plus bas.
listed-by = Inscription par { $name }
why = Pourquoi cette personne : { $points } points sur 100
why-words = « { $words } » se trouve dans { $places }
why-words-read = « { $words } », lu comme « { $reading } », se trouve dans { $places }
why-words-alike = « { $words } », lu comme « { $reading } » ou un mot proche, se trouve dans { $places }
why-together = { $words } tout près l’un de l’autre
why-skills = connaît { $skills }
why-language = parle { $language } ({ $fluency })
why-country = vit ici : { $place }
why-offers = propose : { $offers }
why-readiness = { $said }
why-practice = { $said }
quoted = « { $words } »
place-skills = compétences
place-headline = titre
place-name = nom
place-helps_with = thèmes de l’aide
place-tags = mots-clés
place-summary = résumé
place-sectors = secteurs
place-bio = le texte plus long
place-fit = qui peut être aidé
place-programme = programme
place-employer = employeur
place-region = région
results-more = Résultats suivants
results-earlier = Résultats précédents
hidden = Connues, mais pas montrées ici
hidden-lead = Ces organisations sont sur le réseau. Leurs profils apparaîtront ici quand le service du registre leur fera confiance.
hidden-mentors =
    { $count ->
        [one] { $count } profil
        [many] { $count } de profils
       *[other] { $count } profils
    }
hidden-next = Pour les montrer :
count-unit = personnes
back-to-top = [Retour en haut]

## Un profil

back-to-search = [Recherche]
profile-about = Présentation
profile-skills = S’y connaît en
profile-fit = Qui je peux aider, et qui non
profile-more = En plus
profile-links = Ailleurs
profile-short = En bref
list-offers = Propose
list-helps = Aide pour
list-brings = Apporte
list-languages = Langues
list-access = Accessibilité
list-tags = Mots-clés
fact-employer = Travaille chez
fact-sectors = Secteurs
fact-meets = Rencontres
fact-zone = Fuseau horaire
fact-scope = Cherche
fact-style = Façon de faire
fact-answers = Répond
fact-ethics = Éthique
fact-assured = Relecture
years =
    { $count ->
        [one] { $count } an
        [many] { $count } d’ans
       *[other] { $count } ans
    }
ethics-accepted = dit avoir accepté { $code } le { $day }
assured-by = { $day }, rôle : { $role }
from-where = D’où cela vient
from-where-signed = { $name } a signé ce profil le { $issued }. Il disparaîtra le { $expires } s’il n’est pas renouvelé. Ce que la personne dit d’elle-même lui appartient ; la signature montre qui l’inscrit.
from-where-profile = Profil
from-where-record = Enregistrement
from-where-download = Télécharger l’enregistrement signé
from-where-check = Tout le monde peut le vérifier avec cette commande :

## Les mots du profil

offer-intro_15 = Une conversation de 15 minutes
offer-micro = Une à trois rencontres
offer-standard = Trois à douze mois
offer-open_ended = Sans fin prévue
offer-peer = Mentorat entre pairs
offer-reverse = Mentorat inversé
offer-group = Un groupe
offer-minutes =
    { $count ->
        [one] { $count } minute chacune
        [many] { $count } de minutes chacune
       *[other] { $count } minutes chacune
    }
offer-monthly = { $count } par mois
offer-most =
    { $count ->
        [one] { $count } personne
        [many] jusqu’à { $count } de personnes
       *[other] jusqu’à { $count } personnes
    }
fee-free = gratuit
fee-expenses = frais seulement
fee-paid = payant
fee-sliding = tarif selon les moyens
helps-career_development = Parcours professionnel
helps-sector_knowledge = Connaissance du secteur
helps-organisational_politics = Vie interne des organisations
helps-skills = Savoir-faire
helps-confidence = Confiance en soi
helps-managing_change = Conduite du changement
helps-returning_to_work = Retour au travail
helps-chartership_or_accreditation = Titre ou accréditation
helps-leadership = Direction d’équipe
helps-entrepreneurship = Création d’entreprise
access-captions = Sous-titres
access-sign_language = Langue des signes
access-step_free = Sans marches
access-easy_read = Facile à lire
access-low_bandwidth = Connexion lente
access-camera_off_ok = Caméra éteinte possible
spoken = { $language } ({ $fluency })
fluency-native = langue maternelle
fluency-fluent = couramment
fluency-working = pour le travail
level-beginner = notions
level-average = bien
level-expert = à fond
mode-video = en vidéo
mode-phone = par téléphone
mode-in_person = en personne
mode-text = par écrit
scope-local = des personnes proches
scope-regional = des personnes de la région
scope-national = des personnes du pays
scope-international = des personnes de partout
style-listening = écouter
style-challenging = bousculer
style-sponsoring = ouvrir des portes
style-teaching = enseigner
style-coaching = coacher
style-sharing_experience = partager l’expérience
knowing-why = savoir pourquoi : sens et direction
knowing-how = savoir comment : savoir-faire et pratique
knowing-whom = savoir qui : personnes et réseaux
answers-new = trop peu de demandes pour dire en combien de temps
answers-3d = le plus souvent en 3 jours
answers-7d = le plus souvent en une semaine
answers-14d = le plus souvent en deux semaines
answers-slow = le plus souvent après plus de deux semaines
availability-accepting =
    { $count ->
        [0] Reçoit des demandes, aucune place libre
        [one] Reçoit des demandes, { $count } place libre
        [many] Reçoit des demandes, { $count } de places libres
       *[other] Reçoit des demandes, { $count } places libres
    }
availability-waitlist = Tient une liste d’attente
availability-paused = Ne prend pas de demandes pour le moment
availability-closed = Ne prend pas de demandes
availability-from = à partir du { $day }
availability-until = jusqu’au { $day }
practice-qualified = dit avoir une qualification en mentorat
practice-experienced = dit avoir de l’expérience, sans titre
practice-trainee = dit se former au mentorat
practice-trainee-on = dit se former au mentorat avec { $programme }
practice-award = prépare { $award }
practice-until = jusqu’au { $day }
practice-supervised = avec supervision
practice-unsupervised = sans supervision
practice-hours = { $hours } heures de pratique
hours-0 = moins de 10
hours-10 = 10 à 25
hours-25 = 25 à 50
hours-50 = 50 à 100
hours-100 = 100 à 250
hours-250 = 250 ou plus

## À propos

about-what = Ceci est un registre de mentorat sans centre. Des organismes professionnels, des employeurs et des programmes d’accréditation font chacun tourner leur propre nœud. Chacun inscrit ses propres mentores et mentors, signe ce qu’il dit d’elles et d’eux, et garde une copie complète de ce qu’ont signé ceux à qui il fait confiance.
about-who = Qui tient ce nœud
about-who-runs = { $name } le tient et répond des personnes qui y sont inscrites. Son nom court sur le réseau :
website = Son site :
about-whose = De qui viennent les profils
about-listed =
    { $count ->
        [one] { $count } profil, inscrit par :
        [many] { $count } de profils, inscrits par :
       *[other] { $count } profils, inscrits par :
    }
about-search = Comment marche une recherche
about-search-1 = Vos mots sont cherchés sur le disque de ce nœud et ne vont nulle part ailleurs. Chaque résultat vient avec ses raisons : quels mots ont été trouvés et où, quels filtres conviennent, s’il y a une place libre. Les points ne font que ranger la liste ; c’est vous qui décidez.
about-search-2 = Ce qui commence par « dit » est ce qu’une personne dit d’elle-même. Personne ne l’a vérifié.
about-search-3 = Une inscription que son organisation ne renouvelle pas disparaît d’elle-même en cinq semaines.

## Vie privée

privacy-own = La notice de l’organisation sur la vie privée :
privacy-own-more = Ce qui suit dit en mots simples ce que fait ce nœud.
privacy-ours = Ceci est la notice de { $name } pour son registre de mentorat.
privacy-search = Si vous cherchez
privacy-search-1 = Ce que vous écrivez reçoit sa réponse du disque de ce nœud. Ce n’est ni envoyé à d’autres organisations, ni gardé, ni utilisé pour se faire une image de vous. Ces pages n’exécutent aucun script et ne chargent rien d’ailleurs. Si vous choisissez une langue, un cookie garde ce seul mot et rien sur vous. Tant que votre session est ouverte, un second cookie dit à ce nœud, et à personne d’autre, que c’est vous.
privacy-listed = Si vous êtes dans le registre
privacy-listed-1 = Votre organisation publie ce que vous avez accepté de montrer : votre nom, ce que vous savez et proposez, vos langues, votre pays et votre région, et si vous avez du temps. Elle ne publie jamais votre adresse électronique, votre téléphone, votre adresse postale, votre date de naissance ni votre consentement. Cela reste chez l’organisation qui vous inscrit.
privacy-listed-2 = Un profil publié est copié sur les nœuds des organisations participantes, parfois dans d’autres pays, pour que chacune puisse chercher sans demander à personne. Il n’est montré sur le web ouvert que si vous l’avez accepté à part.
privacy-rights = Vos droits
privacy-see = Voir :
privacy-see-how = votre page de profil montre tout ce qui est public.
privacy-correct = Corriger :
privacy-correct-how = demandez-le à l’organisation qui vous inscrit. La nouvelle version remplace l’ancienne partout.
privacy-leave = Partir :
privacy-leave-how = demandez-lui de retirer ou d’effacer votre profil. Les nœuds connectés l’ôtent de la recherche en quelques secondes. Un nœud éteint se met à jour à son retour, et toute copie expire en cinq semaines.
privacy-complain = Vous plaindre :
privacy-complain-how = la [page des réclamations] dit où.

## Réclamations

complaints-lead = Quelque chose ici est faux, nuisible, ou parle de vous sans votre accord ? Dites-le.
complaints-mentor = Sur une personne ou un profil
complaints-mentor-1 = Chaque profil nomme l’organisation qui l’inscrit. Elle peut le corriger, le retirer ou l’effacer, et c’est à elle qu’il faut d’abord s’adresser.
complaints-register = Sur ce registre
complaints-write = Écrivez à { $name } :
complaints-turn = Adressez-vous à { $name }, qui tient ce nœud, et demandez le service du registre.
complaints-then = Ce qui se passe ensuite
complaints-then-1 = Le service du registre peut retirer aussitôt du réseau un profil de sa propre organisation, et cesser de montrer ici tout ce qui vient d’une autre. Vous pouvez aussi saisir l’autorité de protection des données de votre pays.
