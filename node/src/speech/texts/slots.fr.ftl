### Times that suit, and calendars.

slots-time = { $weekday } { $day }, { $time } ({ $zone })
slots-both = { $own }, { $minutes } ; pour l’autre personne { $other }
slots-one = { $time }, { $minutes }
slots-minutes =
    { $count ->
        [one] { $count } minute
        [many] { $count } de minutes
       *[other] { $count } minutes
    }
slots-offered = Quand une rencontre serait possible
slots-agreed = Quand vous vous rencontrez
weekday-1 = lundi
weekday-2 = mardi
weekday-3 = mercredi
weekday-4 = jeudi
weekday-5 = vendredi
weekday-6 = samedi
weekday-7 = dimanche
slots-legend = Des moments qui vous conviennent, si vous le souhaitez
slots-hint = Jusqu’à six moments pour un premier échange, à votre heure. L’autre personne les voit aussi à la sienne, si sa fiche indique un fuseau horaire, et peut en choisir un en disant oui.
slots-zone = Votre fuseau horaire
slots-zone-none = Choisissez
slots-start = Moment { $count }
slots-length = Durée
slots-choose = Quel moment vous convient ?
slots-choose-none = Aucun ; nous conviendrons par e-mail
slots-file = L’ajouter à votre agenda
slots-wrong-zone = Choisissez votre fuseau horaire, pour que les heures soient bien lues.
slots-wrong-unread = Indiquez une date et une heure.
slots-wrong-skipped = On avance alors les horloges et cette heure n’existe pas. Prenez { $early } ou { $late }.
slots-wrong-twice = On recule alors les horloges et cette heure a lieu deux fois. Prenez-en une autre.
slots-wrong-past = Ce moment est passé. Prenez-en un plus tard.
slots-wrong-far = C’est trop loin. Prenez un moment jusqu’au { $day }.
slots-wrong-repeated = Ce moment est indiqué deux fois. Retirez-en un.
slots-wrong-choice = Choisissez un des moments à venir, ou aucun.
