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
