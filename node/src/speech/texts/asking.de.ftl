### Asking a mentor, and answering.

asking-ask = Um ein Gespräch bitten
asking-ask-hint = Fünfzehn Minuten sind ein guter Anfang und binden niemanden.
asking-ask-wait = Zurzeit ist kein Platz frei. Um ein kurzes Gespräch können Sie trotzdem bitten; die Antwort kann länger dauern.
asking-paused = Diese Person macht eine Pause und kann jetzt nicht gefragt werden.
asking-paused-until = Diese Person macht eine Pause und kann ab dem { $day } wieder gefragt werden.
asking-closed = Diese Person nimmt keine Anfragen mehr an.
asking-see-others = [Andere suchen], die Zeit haben.
asking-see-mine = [Alle Ihre Anfragen ansehen] und wo jede steht.
asking-see-open = Die offene Anfrage ansehen
asking-a-mentor = die angefragte Person

## Das Formular

asking-heading = { $name } um ein Gespräch bitten
asking-left = Sie können { $most } Anfragen zugleich offen haben; { $left } sind noch frei.
asking-advice = Was eine gute erste Nachricht ausmacht
asking-advice-title = Ein klarer Titel: eine Zeile, die sagt, worum es geht.
asking-advice-limit = Eine begrenzte Bitte. „Wie sind Sie aus der Pflege in den Unterricht gewechselt?“ lässt sich leichter beantworten als „Möchten Sie mich begleiten?“
asking-advice-why = Warum Sie gerade diese Person fragen: etwas aus dem Profil, das Sie angesprochen hat.
asking-advice-flexible = Seien Sie beweglich: Sagen Sie, was Ihnen passt und dass Sie sich richten können.
asking-advice-thanks = Bedanken Sie sich. Auch ein Nein ist eine Antwort und lässt andere Türen offen.
asking-title = Titel
asking-title-hint = Worum es geht, in einer Zeile.
asking-title-limit = 10 bis 120 Zeichen.
asking-title-length =
    { $count ->
        [one] Der Titel hat ein Zeichen; 10 bis 120 sind möglich.
       *[other] Der Titel hat { $count } Zeichen; 10 bis 120 sind möglich.
    }
asking-purpose = Worüber Sie sprechen möchten
asking-purpose-hint = Wo Sie stehen, was genau Sie wissen oder entscheiden möchten und was Ihnen helfen würde.
asking-purpose-limit = 40 bis 1.200 Zeichen.
asking-purpose-length =
    { $count ->
        [one] Worüber Sie sprechen möchten hat ein Zeichen; 40 bis 1.200 sind möglich.
       *[other] Worüber Sie sprechen möchten hat { $count } Zeichen; 40 bis 1.200 sind möglich.
    }
asking-why = Warum Sie { $name } fragen
asking-why-short = Warum Sie fragen
asking-why-hint = Das darf leer bleiben, aber eine Zeile zum Profil öffnet Türen.
asking-why-limit = Bis zu 400 Zeichen.
asking-why-length =
    { $count ->
        [one] Warum Sie fragen hat ein Zeichen; höchstens 400 sind möglich.
       *[other] Warum Sie fragen hat { $count } Zeichen; höchstens 400 sind möglich.
    }
asking-offer = Worum Sie bitten
asking-offer-hint = Um mehr können Sie nach einem ersten Gespräch immer noch bitten.
asking-name = Ihr Name, wie die angefragte Person ihn sieht
asking-name-hint = Ein Vorname genügt. Bis zu 200 Zeichen.
asking-name-length =
    { $count ->
        [0] Ihr Name fehlt; geben Sie 1 bis 200 Zeichen an.
        [one] Ihr Name hat ein Zeichen; 1 bis 200 sind möglich.
       *[other] Ihr Name hat { $count } Zeichen; 1 bis 200 sind möglich.
    }
asking-no-contact = Lassen Sie E-Mail-Adressen, Telefonnummern und Links weg. Nach einem Ja bekommen beide die Adresse der anderen Seite.
asking-contact = { $field }: „{ $found }“ sieht aus wie eine Adresse, eine Telefonnummer oder ein Link. Nehmen Sie das heraus; nach einem Ja bekommen beide die Adresse der anderen Seite.
asking-preview = Ansehen, was gesendet wird
asking-error = Nicht gesendet:
asking-not-sent = Es wurde noch nichts gesendet. Was Sie geschrieben haben, steht noch hier.
asking-other-session = Sie haben sich neu angemeldet, seit Sie dieses Formular geöffnet haben. Sehen Sie es noch einmal durch und senden Sie es.
asking-taken = Das sind die Worte Ihrer Anfrage „{ $title }“ an { $name }. Ändern Sie, was hier nicht passt, und sagen Sie, warum Sie diese Person fragen.

## Die Vorschau

asking-preview-heading = Möchten Sie das so senden?
asking-preview-lead = Es wurde noch nichts gesendet. Das hier ist alles.
asking-preview-read = Was { $name } lesen wird
asking-from = Ihre Organisation
asking-beside = Was mitgeht
asking-beside-1 = Die Zeit, die Signatur Ihrer Organisation und eine Nummer, an der { $name } erkennt, dass mehrere Anfragen von derselben Person kommen. Anderswo bedeutet die Nummer nichts.
asking-kept = Was nicht gesendet wird
asking-kept-1 = Ihre E-Mail-Adresse { $name }: Sie bleibt hier, bis ein Ja kommt, und geht dann allein an die Person, die Ja gesagt hat.
asking-kept-2 = Wonach Sie gesucht haben, wen Sie sonst fragen und alles andere, was hier über Sie bekannt ist.
asking-send = Senden
asking-change = Etwas ändern

## Warum jetzt nicht

asking-not-now = Jetzt nicht
asking-not-now-heading = { $name } kann jetzt nicht gefragt werden
asking-refused-pair = Eine Anfrage von Ihnen an diese Person ist schon offen. Immer eine zur Zeit: Sehen Sie nach, wo sie steht.
asking-refused-cooldown = Diese Person hat vor Kurzem eine Anfrage von Ihnen abgelehnt oder möchte keine weitere. Fragen Sie jemand anderen; nach einem Nein kann man nach 30 Tagen wieder fragen.
asking-refused-capacity = Sie haben so viele Anfragen offen, wie zugleich möglich sind. Warten Sie auf eine Antwort oder nehmen Sie eine zurück.
asking-refused-organisation = Die Organisation, die diese Person einträgt, wird hier nicht mehr gezeigt; dorthin kann nichts gesendet werden.
asking-refused-closed = Diese Person nimmt jetzt keine Anfragen an.
asking-refused-gone = Diese Person ist nicht mehr eingetragen.
asking-refused-later = Das ging gerade nicht, und es wurde nichts gesendet. Versuchen Sie es in einer Minute noch einmal.
asking-refused-field = Etwas im Formular passt noch nicht.
