### Times that suit, and calendars.

slots-time = { $weekday }, { $day }, { $time } ({ $zone })
slots-both = { $own }, { $minutes }; für die andere Seite { $other }
slots-one = { $time }, { $minutes }
slots-minutes =
    { $count ->
        [one] { $count } Minute
       *[other] { $count } Minuten
    }
slots-offered = Wann ein Treffen möglich wäre
slots-agreed = Wann Sie sich treffen
weekday-1 = Montag
weekday-2 = Dienstag
weekday-3 = Mittwoch
weekday-4 = Donnerstag
weekday-5 = Freitag
weekday-6 = Samstag
weekday-7 = Sonntag
slots-legend = Zeiten, die Ihnen passen, wenn Sie mögen
slots-hint = Bis zu sechs Zeiten für ein erstes Gespräch, nach Ihrer Uhr. Die andere Seite sieht sie auch nach ihrer Uhr, wenn ihr Eintrag eine Zeitzone nennt, und kann beim Ja eine davon nehmen.
slots-zone = Ihre Zeitzone
slots-zone-none = Bitte wählen
slots-start = Zeit { $count }
slots-length = Wie lange
slots-choose = Welche Zeit passt Ihnen?
slots-choose-none = Keine davon; wir verabreden uns per E-Mail
slots-file = In Ihren Kalender übernehmen
slots-wrong-zone = Wählen Sie Ihre Zeitzone, damit die Zeiten nach der richtigen Uhr gelesen werden.
slots-wrong-unread = Geben Sie die Zeit als Tag und Uhrzeit an.
slots-wrong-skipped = Die Uhren werden dann vorgestellt und überspringen diese Zeit. Nehmen Sie { $early } oder { $late }.
slots-wrong-twice = Die Uhren werden dann zurückgestellt und zeigen diese Zeit zweimal. Nehmen Sie eine andere.
slots-wrong-past = Diese Zeit ist vorbei. Nehmen Sie eine spätere.
slots-wrong-far = Das ist zu weit weg. Nehmen Sie eine Zeit bis { $day }.
slots-wrong-repeated = Diese Zeit steht zweimal da. Nehmen Sie eine heraus.
slots-wrong-choice = Wählen Sie eine der Zeiten, die noch kommen, oder keine.
