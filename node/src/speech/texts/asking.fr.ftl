### Asking a mentor, and answering.

asking-ask = Demander un entretien
asking-ask-hint = Quinze minutes sont un bon début et n’engagent à rien.
asking-ask-wait = Aucune place n’est libre pour l’instant. Vous pouvez tout de même demander un court entretien ; la réponse peut tarder.
asking-paused = Cette personne fait une pause et ne peut pas être sollicitée pour l’instant.
asking-paused-until = Cette personne fait une pause et pourra de nouveau être sollicitée le { $day }.
asking-closed = Cette personne ne prend plus de demandes.
asking-see-others = [Chercher d’autres personnes] qui ont du temps.
asking-see-mine = [Voir toutes vos demandes] et où en est chacune.
asking-see-open = Voir la demande en cours
asking-a-mentor = la personne sollicitée

## Le formulaire

asking-heading = Demander un entretien à { $name }
asking-left = Vous pouvez avoir { $most } demandes en cours à la fois ; il en reste { $left }.
asking-advice = Ce qui fait un bon premier message
asking-advice-title = Un titre clair : une ligne qui dit de quoi il s’agit.
asking-advice-limit = Une demande limitée. « Comment avez-vous quitté les soins pour l’enseignement ? » trouve plus facilement réponse que « Voulez-vous m’accompagner ? »
asking-advice-why = Pourquoi cette personne : quelque chose du profil qui vous a parlé.
asking-advice-flexible = De la souplesse : dites ce qui vous convient et que vous saurez vous adapter.
asking-advice-thanks = Un merci. Un non est aussi une réponse, et laisse d’autres portes ouvertes.
asking-title = Titre
asking-title-hint = De quoi il s’agit, en une ligne.
asking-title-limit = De 10 à 120 caractères.
asking-title-length =
    { $count ->
        [0] Le titre manque ; il faut de 10 à 120 caractères.
        [one] Le titre a { $count } caractère ; il en faut de 10 à 120.
        [many] Le titre a { $count } de caractères ; il en faut de 10 à 120.
       *[other] Le titre a { $count } caractères ; il en faut de 10 à 120.
    }
asking-purpose = Ce dont vous voulez parler
asking-purpose-hint = Où vous en êtes, la seule chose que vous voulez savoir ou décider, et ce qui vous aiderait.
asking-purpose-limit = De 40 à 1 200 caractères.
asking-purpose-length =
    { $count ->
        [0] Ce dont vous voulez parler manque ; il faut de 40 à 1 200 caractères.
        [one] Ce dont vous voulez parler a { $count } caractère ; il en faut de 40 à 1 200.
        [many] Ce dont vous voulez parler a { $count } de caractères ; il en faut de 40 à 1 200.
       *[other] Ce dont vous voulez parler a { $count } caractères ; il en faut de 40 à 1 200.
    }
asking-why = Pourquoi vous vous adressez à { $name }
asking-why-short = Pourquoi cette personne
asking-why-hint = Vous pouvez laisser ceci vide, mais une ligne sur le profil ouvre des portes.
asking-why-limit = Jusqu’à 400 caractères.
asking-why-length =
    { $count ->
        [one] Pourquoi cette personne a { $count } caractère ; 400 au plus.
        [many] Pourquoi cette personne a { $count } de caractères ; 400 au plus.
       *[other] Pourquoi cette personne a { $count } caractères ; 400 au plus.
    }
asking-offer = Ce que vous demandez
asking-offer-asked = Ce qui est demandé
asking-offer-hint = Vous pourrez toujours demander davantage après un premier entretien.
asking-name = Votre nom, tel que la personne le voit
asking-name-hint = Un prénom suffit. Jusqu’à 200 caractères.
asking-name-length =
    { $count ->
        [0] Votre nom manque ; donnez de 1 à 200 caractères.
        [one] Votre nom a { $count } caractère ; il en faut de 1 à 200.
        [many] Votre nom a { $count } de caractères ; il en faut de 1 à 200.
       *[other] Votre nom a { $count } caractères ; il en faut de 1 à 200.
    }
asking-no-contact = Ne mettez ni adresse électronique, ni numéro de téléphone, ni lien. Après un oui, chacun reçoit l’adresse de l’autre.
asking-contact = { $field } : « { $found } » ressemble à une adresse, à un numéro de téléphone ou à un lien. Ôtez-le ; après un oui, chacun reçoit l’adresse de l’autre.
asking-preview = Voir ce qui sera envoyé
asking-error = Non envoyé :
asking-not-sent = Rien n’a encore été envoyé. Ce que vous avez écrit est toujours là.
asking-other-session = Vous avez ouvert une nouvelle session depuis que ce formulaire est affiché. Relisez-le et envoyez-le.
asking-taken = Voici les mots de votre demande « { $title } » à { $name }. Changez ce qui ne convient pas ici, et dites pourquoi vous vous adressez à cette personne.

## L’aperçu

asking-preview-heading = Est-ce bien ce que vous voulez envoyer ?
asking-preview-lead = Rien n’a encore été envoyé. Voici tout.
asking-preview-read = Ce que { $name } lira
asking-from = Votre organisation
asking-beside = Ce qui part avec
asking-beside-1 = L’heure, la signature de votre organisation et un numéro qui permet à { $name } de voir que plusieurs demandes viennent de la même personne. Ailleurs, ce numéro ne veut rien dire.
asking-kept = Ce qui n’est pas envoyé
asking-kept-1 = Votre adresse électronique { $name } : elle reste ici jusqu’à un oui, et ne va alors qu’à la personne qui l’a dit.
asking-kept-2 = Ce que vous avez cherché, à qui d’autre vous vous adressez, et tout ce que l’on sait de vous ici.
asking-send = Envoyer
asking-change = Changer quelque chose

## Pourquoi pas maintenant

asking-not-now = Pas maintenant
asking-not-now-heading = On ne peut pas solliciter { $name } maintenant
asking-refused-pair = Une demande de votre part à cette personne est déjà en cours. Une à la fois : voyez où elle en est.
asking-refused-cooldown = Cette personne a dit non à une de vos demandes il y a peu, ou n’en souhaite plus. Adressez-vous à quelqu’un d’autre ; après un non, on peut redemander au bout de 30 jours.
asking-refused-capacity = Vous avez autant de demandes en cours qu’il est possible. Attendez une réponse ou retirez-en une.
asking-refused-organisation = L’organisation qui inscrit cette personne n’est plus montrée ici ; rien ne peut lui être envoyé.
asking-refused-closed = Cette personne ne prend pas de demandes maintenant.
asking-refused-gone = Cette personne n’est plus inscrite.
asking-refused-later = Cela n’a pas été possible à l’instant, et rien n’a été envoyé. Réessayez dans une minute.
asking-refused-field = Quelque chose dans le formulaire ne convient pas encore.

## Mes demandes

minute = { $day }, { $time } UTC
requests = Mes demandes
requests-nav = Vous
requests-waiting = Ce qui attend votre réponse
requests-received = Ce que vous avez reçu
requests-sent = Ce que vous avez demandé
requests-none-waiting = Rien ne vous attend. Votre inscription et vos sessions sont sur [votre page].
requests-none-sent = Vous n’avez encore rien demandé. [Quatre questions aident à chercher.]
requests-all-received = Tout ce que vous avez reçu
requests-all-sent = Tout ce que vous avez demandé
requests-older = Plus anciennes
requests-to = à { $name }, { $organisation }
requests-from = de { $name }, { $organisation }

## Une demande

request-back = [Mes demandes]
request-stands = Où elle en est
request-letter = Ce qui a été demandé
request-asked-by = Qui demande
request-asked-on = Demandé le
request-purpose = De quoi parler
request-why = Pourquoi cette personne
request-timeline = Ce qui s’est passé
request-contact-name = Nom
request-contact = Courriel
request-contact-next = Écrivez-vous bientôt : quand parler, et dans quel but.
request-paused = La personne sollicitée fait une pause. La demande attend tout de même.
request-also-open = Vos autres demandes
request-also-open-lead = Celles-ci attendent encore. Si vous n’avez besoin de personne d’autre maintenant, retirez-les : c’est aimable envers qui les a reçues.
request-take-back = La retirer
request-others = À qui d’autre vous adresser
request-others-lead = Un non vient rarement de vous. Vos mots sont gardés : envoyez-les à quelqu’un d’autre, changés comme vous voulez.
request-referred = Proposé par la personne sollicitée.
request-ask-again = Demander avec les mêmes mots
request-withdraw = Retirer la demande
request-withdraw-then = La personne sollicitée apprend que vous l’avez retirée, sans raison. Cela ne peut pas être défait ; vous pouvez aussitôt vous adresser à d’autres.
request-withdraw-yes = Oui, la retirer
request-aside = Ne jamais me proposer cette personne
request-aside-then = Cette personne ne vous sera plus proposée. Personne ne l’apprend, et les demandes en cours continuent.
request-aside-is = Cette personne ne vous est pas proposée. Personne ne l’a appris.
request-aside-yes = Mettre cette personne de côté
request-aside-no = Proposer de nouveau cette personne
request-state-queued = En chemin
request-state-relayed = En chemin
request-state-delivered = Arrivée
request-state-notified = Arrivée
request-state-question = Question
request-state-answered = Question répondue
request-state-exploring = Court entretien convenu
request-state-accepted = Oui
request-state-declined = Non
request-state-refused = Non prise
request-state-expired = Sans réponse
request-state-withdrawn = Retirée
request-state-superseded = Retirée
request-state-blocked = Non
request-state-undeliverable = Non remise
request-sent-queued = En chemin vers { $organisation }. Ce nœud essaie de lui-même jusqu’à ce qu’elle y soit, et attend une réponse jusqu’au { $day }. Vous n’avez rien à faire.
request-sent-relayed = Un autre nœud la garde pour { $organisation } jusqu’à ce que le sien réponde. Elle attend une réponse jusqu’au { $day }. Vous n’avez rien à faire.
request-sent-delivered = Elle est chez { $organisation }, qui prévient { $name }. Vous saurez d’ici au { $day } : une réponse, ou qu’aucune n’est venue.
request-sent-notified = { $name } le sait. Vous saurez d’ici au { $day } : une réponse, ou qu’aucune n’est venue.
request-sent-question = { $name } vous pose une question. Répondez ci-dessous ; elle attend jusqu’au { $day }.
request-sent-answered = Votre réponse est partie. { $name } décide d’ici au { $day }.
request-sent-exploring = { $name } accepte un court entretien. Un oui ou un non suivra d’ici au { $day }.
request-sent-accepted = { $name } a dit oui. Chacun a maintenant l’adresse de l’autre.
request-sent-declined = { $name } a dit non. Les personnes ci-dessous pourraient convenir.
request-sent-refused = { $organisation } n’a pas pris la demande.
request-sent-expired = Aucune réponse n’est venue jusqu’au { $day }. Cela arrive, et ce n’est pas à cause de vous. Les personnes ci-dessous ont peut-être plus de temps.
request-sent-withdrawn = Vous l’avez retirée. { $name } l’a appris, sans raison.
request-sent-superseded = Vous l’avez retirée parce que quelqu’un d’autre a dit oui. { $name } l’a appris.
request-sent-blocked = { $name } ne souhaite plus de demandes de votre part. Merci de le respecter.
request-sent-undeliverable = Elle n’a pas pu être portée à temps chez { $organisation }. Rien n’y a été lu.
request-received-waiting = { $name } attend votre réponse jusqu’au { $day }.
request-received-question = { $name } a votre question, et jusqu’au { $day } pour répondre. Vous pouvez aussi décider sans attendre.
request-received-answered = { $name } vous a répondu et vous attend jusqu’au { $day }.
request-received-exploring = Vous avez accepté un court entretien. Dites oui ou non d’ici au { $day }.
request-received-accepted = Vous avez dit oui. { $name } a votre adresse ; la sienne sera ici dès que son nœud sera joint.
request-received-declined = Vous avez dit non. { $name } l’a appris avec égards.
request-received-expired = Elle a pris fin le { $day } sans réponse. { $name } l’a appris et d’autres noms lui ont été proposés.
request-received-withdrawn = { $name } a retiré la demande. Vous n’avez rien à faire.
request-received-superseded = { $name } a trouvé quelqu’un d’autre et a retiré la demande. Vous n’avez rien à faire.
request-received-blocked = Vous ne souhaitez plus de demandes de { $name }. Aucune ne vous parvient plus.
request-received-over = Cette demande est close. Vous n’avez rien à faire.
request-event-queued = { $mentee } s’est adressé à { $mentor }.
request-event-relayed = Un autre nœud la garde pour { $organisation }.
request-event-delivered = Elle est chez { $organisation }.
request-event-notified = { $mentor } le sait.
request-event-question = { $mentor } a demandé :
request-event-answered = { $mentee } a répondu :
request-event-exploring = { $mentor } a accepté un court entretien.
request-event-accepted = { $mentor } a dit oui.
request-event-contact = L’adresse de { $mentee } est arrivée.
request-event-declined = { $mentor } a dit non.
request-event-refused = { $organisation } ne l’a pas prise.
request-event-expired = Personne n’a répondu à temps.
request-event-withdrawn = { $mentee } l’a retirée.
request-event-superseded = { $mentee } l’a retirée, parce que quelqu’un d’autre a dit oui.
request-event-blocked = { $mentor } ne souhaite plus de demandes de { $mentee }.
request-event-undeliverable = Elle n’a pas pu être portée chez { $organisation }.
request-refusal-not_recognised = Leur nœud ne montre pas votre organisation. Le service de votre registre peut demander au leur de changer cela.
request-refusal-inbox_full = Autant de demandes qu’il est possible attendent déjà cette personne. Réessayez dans quelques jours.
request-refusal-organisation_full = Autant de demandes de votre organisation qu’il est possible attendent déjà là-bas. Réessayez dans quelques jours.
request-refusal-cooldown = Cette personne a dit non à une de vos demandes il y a moins de 30 jours.
request-refusal-pair_open = Une demande de votre part à cette personne y est en cours.
request-refusal-not_listed = Cette personne n’y est plus inscrite.
request-refusal-not_accepting = Cette personne ne prend pas de demandes maintenant.
request-refusal-no_introduction = Elle n’appartient à rien de connu là-bas.
request-refusal-malformed = Un texte contient une adresse ou un lien, ou enfreint une autre règle de ce nœud.
request-reason-no_capacity = La raison : plus de temps ou plus de place.
request-reason-not_right_expertise = La raison : ce n’est pas ce que cette personne connaît.
request-reason-timing = La raison : ce n’est pas le bon moment.
request-reason-conflict_of_interest = La raison : il ne serait pas juste de l’accepter.
request-reason-language_or_mode = La raison : aucune langue ou façon de se rencontrer en commun.
request-reason-someone_else_better = La raison : quelqu’un d’autre convient mieux.
request-reason-other = Aucune raison n’a été donnée.
request-reason-no_longer_listed = La raison : cette personne n’est plus inscrite.
request-reason-blocked = Le service de votre registre apprend que c’est arrivé, et non ce qui a été écrit.
request-because-no_capacity = Je n’ai plus de temps ou de place
request-because-not_right_expertise = Ce n’est pas ce que je connais
request-because-timing = Pas maintenant
request-because-language_or_mode = Il nous manque une langue ou une façon de nous rencontrer
request-because-someone_else_better = Quelqu’un d’autre conviendrait mieux
request-because-conflict_of_interest = Il ne serait pas juste que je l’accepte
request-because-other = Une autre raison

## Répondre

answering = Votre réponse
answering-room = { $taken } de vos { $places } places sont prises.
answering-others =
    { $count ->
        [one] Cette personne a { $count } autre demande en cours dans votre organisation.
        [many] Cette personne a { $count } d’autres demandes en cours dans votre organisation.
       *[other] Cette personne a { $count } autres demandes en cours dans votre organisation.
    }
answering-explore = Oui à un court entretien
answering-explore-then = L’autre apprend que vous acceptez un premier court entretien. Aucune adresse ne part encore ; un oui ou un non suit dans les trente jours.
answering-explore-send = Accepter un court entretien
answering-accept = Oui
answering-accept-then = Cela prend une de vos places, et chacun reçoit aussitôt l’adresse de l’autre.
answering-accept-address = La vôtre est { $name }.
answering-accept-send = Dire oui
answering-question = D’abord poser une question
answering-question-then = L’autre reçoit votre question et une semaine de plus. Vous pouvez demander trois fois.
answering-question-text = Votre question
answering-question-send = Envoyer la question
answering-decline = Non
answering-decline-then = L’autre l’apprend avec égards, avec votre raison, et trois autres personnes lui sont proposées. Votre adresse n’est jamais montrée.
answering-decline-send = Dire non
answering-reason = Pourquoi
answering-reason-wrong = Choisissez une des raisons.
answering-referral = Quelqu’un qui conviendrait mieux, si vous connaissez quelqu’un
answering-referral-hint = L’adresse de sa page dans ce registre. Elle part avec votre non.
answering-referral-wrong = Personne dans ce registre n’a cette adresse. Copiez-la de sa page, ou laissez le champ vide.
answering-pause = Non, et plus de demandes pendant un temps
answering-pause-then = L’autre apprend que vous n’avez pas le temps maintenant. Votre inscription dit jusqu’à quand, et rien de nouveau ne vient avant ; ce qui attend déjà reste.
answering-until = Le jour où les demandes seront de nouveau bienvenues
answering-until-hint = Après aujourd’hui, et d’ici un an.
answering-until-wrong = Choisissez un jour après aujourd’hui et d’ici un an.
answering-pause-send = Dire non et faire une pause
answering-block = Bloquer cette personne ou signaler ce qui s’est passé
answering-block-then = Plus aucune demande de cette personne ne vous parvient. Son organisation apprend que c’est arrivé, et rien de ce qui a été écrit.
answering-report = Ce qui s’est passé, pour le service de votre registre
answering-report-hint = Vous pouvez laisser ceci vide. Jusqu’à 1 200 caractères ; ils ne quittent jamais ce nœud.
answering-block-send = Bloquer
answering-unblock = Laisser cette personne demander de nouveau
answering-unblock-then = Les demandes de cette personne sont de nouveau prises ici, dès que son organisation les envoie de nouveau.
answering-unblock-send = Lever le blocage
answering-answer = Votre réponse
answering-answer-text = Ce que vous répondez à la question
answering-answer-send = Envoyer la réponse
answering-text = Vos mots
answering-text-hint = Jusqu’à 1 200 caractères, sans adresses, numéros de téléphone ni liens.
answering-text-length =
    { $count ->
        [0] Rien n’est encore écrit ; il faut de 1 à 1 200 caractères.
        [one] { $count } caractère ; il en faut de 1 à 1 200.
        [many] { $count } de caractères ; il en faut de 1 à 1 200.
       *[other] { $count } caractères ; il en faut de 1 à 1 200.
    }
answering-note = Un mot aimable
answering-note-hint = Vous pouvez laisser ceci vide. Jusqu’à 400 caractères, sans adresses ni liens.
answering-note-length =
    { $count ->
        [one] { $count } caractère ; 400 au plus.
        [many] { $count } de caractères ; 400 au plus.
       *[other] { $count } caractères ; 400 au plus.
    }
answering-crossed = Entre-temps, cette demande est close ; rien n’a été envoyé. Vous n’avez rien à faire.
answering-changed = Rien n’a été envoyé : entre-temps, cette demande en est ailleurs. Voyez ci-dessous.
answering-not-listed = Votre inscription n’est plus dans le registre ; rien ne peut être accepté pour elle. Adressez-vous au service du registre, ou dites non.
answering-full = Toutes vos places sont prises ; vous ne pouvez pas dire oui maintenant. Acceptez un court entretien, dites non, ou demandez plus de places au service du registre.
answering-typed = Ce que vous avez écrit :
