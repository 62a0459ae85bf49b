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
