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
asking-offer-asked = Worum gebeten wird
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

## Meine Anfragen

minute = { $day }, { $time } UTC
requests = Meine Anfragen
requests-nav = Sie
requests-waiting = Was auf Ihre Antwort wartet
requests-received = Was Sie bekommen haben
requests-sent = Was Sie gefragt haben
requests-none-waiting = Nichts wartet auf Sie. Ihr Eintrag und Ihre Anmeldungen stehen auf [Ihrer eigenen Seite].
requests-none-sent = Sie haben noch niemanden gefragt. [Vier Fragen helfen beim Suchen.]
requests-all-received = Alles, was Sie bekommen haben
requests-all-sent = Alles, was Sie gefragt haben
requests-older = Ältere
requests-to = an { $name }, { $organisation }
requests-from = von { $name }, { $organisation }

## Eine Anfrage

request-back = [Meine Anfragen]
request-stands = Wo sie steht
request-letter = Was gefragt wurde
request-asked-by = Wer fragt
request-asked-on = Gefragt am
request-purpose = Worum es gehen soll
request-why = Warum diese Person
request-timeline = Was geschehen ist
request-contact-name = Name
request-contact = E-Mail
request-contact-next = Schreiben Sie einander bald: wann Sie sprechen, und wozu.
request-paused = Die angefragte Person macht eine Pause. Die Anfrage wartet trotzdem.
request-also-open = Ihre anderen Anfragen
request-also-open-lead = Diese warten noch. Wenn Sie jetzt niemand anderen brauchen, nehmen Sie sie zurück: Das ist freundlich gegenüber denen, die gefragt sind.
request-take-back = Zurücknehmen
request-others = Wen Sie sonst fragen könnten
request-others-lead = Ein Nein liegt selten an Ihnen. Ihre Worte sind noch da: Schicken Sie sie weiter, geändert, wie Sie mögen.
request-referred = Von der angefragten Person empfohlen.
request-ask-again = Mit denselben Worten fragen
request-withdraw = Die Anfrage zurücknehmen
request-withdraw-then = Die angefragte Person erfährt, dass Sie sie zurückgenommen haben, aber keinen Grund. Das lässt sich nicht rückgängig machen; andere können Sie sofort fragen.
request-withdraw-yes = Ja, zurücknehmen
request-aside = Mir diese Person nie vorschlagen
request-aside-then = Diese Person wird Ihnen nicht mehr vorgeschlagen. Niemand erfährt es, und laufende Anfragen gehen weiter.
request-aside-is = Diese Person wird Ihnen nicht vorgeschlagen. Niemand hat es erfahren.
request-aside-yes = Diese Person beiseitelegen
request-aside-no = Diese Person wieder vorschlagen
request-state-queued = Unterwegs
request-state-relayed = Unterwegs
request-state-delivered = Angekommen
request-state-notified = Angekommen
request-state-question = Rückfrage
request-state-answered = Rückfrage beantwortet
request-state-exploring = Kurzes Gespräch vereinbart
request-state-accepted = Ja
request-state-declined = Nein
request-state-refused = Nicht angenommen
request-state-expired = Keine Antwort
request-state-withdrawn = Zurückgenommen
request-state-superseded = Zurückgenommen
request-state-blocked = Nein
request-state-undeliverable = Nicht zugestellt
request-sent-queued = Unterwegs zu { $organisation }. Dieser Knoten versucht es von selbst, bis sie dort ist, und wartet bis zum { $day } auf eine Antwort. Sie müssen nichts tun.
request-sent-relayed = Ein anderer Knoten verwahrt sie für { $organisation }, bis der dortige zu erreichen ist. Sie wartet bis zum { $day } auf eine Antwort. Sie müssen nichts tun.
request-sent-delivered = Sie liegt bei { $organisation }; dort erfährt { $name } davon. Sie hören bis zum { $day }: eine Antwort, oder dass keine kam.
request-sent-notified = { $name } weiß davon. Sie hören bis zum { $day }: eine Antwort, oder dass keine kam.
request-sent-question = { $name } hat eine Rückfrage. Antworten Sie unten; sie wartet bis zum { $day }.
request-sent-answered = Ihre Antwort ist abgeschickt. { $name } entscheidet bis zum { $day }.
request-sent-exploring = { $name } stimmt einem kurzen Gespräch zu. Ein Ja oder ein Nein folgt bis zum { $day }.
request-sent-accepted = { $name } hat Ja gesagt. Sie haben jetzt beide die Adresse der anderen Seite.
request-sent-declined = { $name } hat Nein gesagt. Wer unten steht, könnte passen.
request-sent-refused = { $organisation } hat die Anfrage nicht angenommen.
request-sent-expired = Bis zum { $day } kam keine Antwort. Das kommt vor und liegt nicht an Ihnen. Wer unten steht, hat vielleicht mehr Zeit.
request-sent-withdrawn = Sie haben sie zurückgenommen. { $name } hat das erfahren, ohne Grund.
request-sent-superseded = Sie haben sie zurückgenommen, weil jemand anderes Ja gesagt hat. { $name } hat das erfahren.
request-sent-blocked = { $name } möchte keine weiteren Anfragen von Ihnen. Bitte achten Sie das.
request-sent-undeliverable = Sie konnte nicht rechtzeitig zu { $organisation } gebracht werden. Dort wurde nichts gelesen.
request-received-waiting = { $name } wartet bis zum { $day } auf Ihre Antwort.
request-received-question = { $name } hat Ihre Rückfrage und bis zum { $day } Zeit zu antworten. Sie können auch ohne Antwort entscheiden.
request-received-answered = { $name } hat Ihnen geantwortet und wartet bis zum { $day } auf Sie.
request-received-exploring = Sie haben einem kurzen Gespräch zugestimmt. Sagen Sie bis zum { $day } Ja oder Nein.
request-received-accepted = Sie haben Ja gesagt. { $name } hat Ihre Adresse; die andere steht hier, sobald der dortige Knoten erreicht ist.
request-received-declined = Sie haben Nein gesagt. { $name } hat es freundlich erfahren.
request-received-expired = Sie ging am { $day } ohne Antwort zu Ende. { $name } hat es erfahren und andere vorgeschlagen bekommen.
request-received-withdrawn = { $name } hat die Anfrage zurückgenommen. Sie müssen nichts tun.
request-received-superseded = { $name } hat jemand anderen gefunden und die Anfrage zurückgenommen. Sie müssen nichts tun.
request-received-blocked = Sie möchten keine weitere Anfrage von { $name }. Es kommt keine mehr zu Ihnen.
request-received-over = Diese Anfrage ist vorbei. Sie müssen nichts tun.
request-event-queued = { $mentee } hat { $mentor } gefragt.
request-event-relayed = Ein anderer Knoten verwahrt sie für { $organisation }.
request-event-delivered = Sie liegt bei { $organisation }.
request-event-notified = { $mentor } weiß davon.
request-event-question = { $mentor } hat gefragt:
request-event-answered = { $mentee } hat geantwortet:
request-event-exploring = { $mentor } hat einem kurzen Gespräch zugestimmt.
request-event-accepted = { $mentor } hat Ja gesagt.
request-event-contact = Die Adresse von { $mentee } ist gekommen.
request-event-declined = { $mentor } hat Nein gesagt.
request-event-refused = { $organisation } hat sie nicht angenommen.
request-event-expired = Niemand hat rechtzeitig geantwortet.
request-event-withdrawn = { $mentee } hat sie zurückgenommen.
request-event-superseded = { $mentee } hat sie zurückgenommen, weil jemand anderes Ja gesagt hat.
request-event-blocked = { $mentor } möchte keine weitere Anfrage von { $mentee }.
request-event-undeliverable = Sie konnte nicht zu { $organisation } gebracht werden.
request-refusal-not_recognised = Der dortige Knoten zeigt Ihre Organisation nicht. Ihre Registerstelle kann die dortige bitten, das zu ändern.
request-refusal-inbox_full = Bei dieser Person warten so viele Anfragen, wie warten dürfen. Versuchen Sie es in einigen Tagen noch einmal.
request-refusal-organisation_full = Dort warten so viele Anfragen Ihrer Organisation, wie warten dürfen. Versuchen Sie es in einigen Tagen noch einmal.
request-refusal-cooldown = Diese Person hat vor weniger als 30 Tagen eine Anfrage von Ihnen abgelehnt.
request-refusal-pair_open = Eine Anfrage von Ihnen an diese Person ist dort offen.
request-refusal-not_listed = Diese Person ist dort nicht mehr eingetragen.
request-refusal-not_accepting = Diese Person nimmt jetzt keine Anfragen an.
request-refusal-no_introduction = Sie gehört zu nichts, das dort bekannt ist.
request-refusal-malformed = Ein Text enthält eine Adresse oder einen Link oder bricht eine andere Regel des dortigen Knotens.
request-reason-no_capacity = Der Grund: keine Zeit oder kein Platz mehr.
request-reason-not_right_expertise = Der Grund: Es ist nicht das, womit sich die Person auskennt.
request-reason-timing = Der Grund: Es passt jetzt nicht.
request-reason-conflict_of_interest = Der Grund: Es wäre nicht richtig, das zu übernehmen.
request-reason-language_or_mode = Der Grund: keine gemeinsame Sprache oder Art, sich zu treffen.
request-reason-someone_else_better = Der Grund: Jemand anderes passt besser.
request-reason-other = Ein Grund wurde nicht genannt.
request-reason-no_longer_listed = Der Grund: Diese Person ist nicht mehr eingetragen.
request-reason-blocked = Ihre Registerstelle erfährt, dass es geschehen ist, nicht was geschrieben wurde.
request-because-no_capacity = Ich habe keine Zeit oder keinen Platz mehr
request-because-not_right_expertise = Damit kenne ich mich nicht aus
request-because-timing = Jetzt nicht
request-because-language_or_mode = Uns fehlt eine gemeinsame Sprache oder Art, uns zu treffen
request-because-someone_else_better = Jemand anderes würde besser passen
request-because-conflict_of_interest = Es wäre nicht richtig, das zu übernehmen
request-because-other = Ein anderer Grund

## Antworten

answering = Ihre Antwort
answering-room = { $taken } Ihrer { $places } Plätze sind vergeben.
answering-others =
    { $count ->
        [one] Diese Person hat bei Ihrer Organisation noch eine Anfrage offen.
       *[other] Diese Person hat bei Ihrer Organisation noch { $count } Anfragen offen.
    }
answering-explore = Ja zu einem kurzen Gespräch
answering-explore-then = Die andere Seite erfährt, dass Sie einem kurzen ersten Gespräch zustimmen. Noch geht keine Adresse hinaus; ein Ja oder Nein folgt innerhalb von dreißig Tagen.
answering-explore-send = Dem kurzen Gespräch zustimmen
answering-accept = Ja
answering-accept-then = Das nimmt einen Ihrer Plätze, und beide bekommen sofort die Adresse der anderen Seite.
answering-accept-address = Ihre ist { $name }.
answering-accept-send = Ja sagen
answering-question = Erst etwas fragen
answering-question-then = Die andere Seite bekommt Ihre Rückfrage und eine Woche mehr. Sie können dreimal fragen.
answering-question-text = Ihre Rückfrage
answering-question-send = Die Rückfrage senden
answering-decline = Nein
answering-decline-then = Die andere Seite erfährt es freundlich, mit Ihrem Grund, und bekommt drei andere vorgeschlagen. Ihre Adresse wird nie gezeigt.
answering-decline-send = Nein sagen
answering-reason = Warum
answering-reason-wrong = Wählen Sie einen der Gründe.
answering-referral = Jemand, der besser passen könnte, wenn Sie jemanden wissen
answering-referral-hint = Die Adresse der Seite dieser Person in diesem Register. Sie geht mit Ihrem Nein.
answering-referral-wrong = Niemand in diesem Register hat diese Adresse. Kopieren Sie sie von der Seite der Person oder lassen Sie das Feld leer.
answering-pause = Nein, und eine Weile keine Anfragen
answering-pause-then = Die andere Seite erfährt, dass Sie jetzt keine Zeit haben. Ihr Eintrag sagt, bis wann, und vorher kommt nichts Neues; was schon wartet, bleibt.
answering-until = Der Tag, ab dem Anfragen wieder willkommen sind
answering-until-hint = Nach heute und innerhalb eines Jahres.
answering-until-wrong = Wählen Sie einen Tag nach heute und innerhalb eines Jahres.
answering-pause-send = Nein sagen und pausieren
answering-block = Diese Person sperren oder melden, was geschehen ist
answering-block-then = Keine Anfrage dieser Person erreicht Sie mehr. Ihre Organisation erfährt, dass es geschehen ist, und nichts von dem, was geschrieben wurde.
answering-report = Was geschehen ist, für Ihre eigene Registerstelle
answering-report-hint = Das darf leer bleiben. Bis zu 1.200 Zeichen; sie verlassen diesen Knoten nie.
answering-block-send = Sperren
answering-unblock = Diese Person wieder fragen lassen
answering-unblock-then = Anfragen dieser Person werden hier wieder angenommen, sobald ihre Organisation sie wieder sendet.
answering-unblock-send = Die Sperre aufheben
answering-answer = Ihre Antwort
answering-answer-text = Was Sie auf die Rückfrage antworten
answering-answer-send = Die Antwort senden
answering-text = Ihre Worte
answering-text-hint = Bis zu 1.200 Zeichen, ohne Adressen, Telefonnummern und Links.
answering-text-length =
    { $count ->
        [0] Noch steht nichts da; 1 bis 1.200 Zeichen sind möglich.
        [one] Ein Zeichen; 1 bis 1.200 sind möglich.
       *[other] { $count } Zeichen; 1 bis 1.200 sind möglich.
    }
answering-note = Ein freundliches Wort
answering-note-hint = Das darf leer bleiben. Bis zu 400 Zeichen, ohne Adressen und Links.
answering-note-length =
    { $count ->
        [one] Ein Zeichen; höchstens 400 sind möglich.
       *[other] { $count } Zeichen; höchstens 400 sind möglich.
    }
answering-crossed = Inzwischen ist diese Anfrage vorbei, deshalb wurde nichts gesendet. Sie müssen nichts tun.
answering-changed = Es wurde nichts gesendet: Inzwischen steht diese Anfrage anders. Sehen Sie unten nach.
answering-not-listed = Ihr Eintrag steht nicht mehr im Register, deshalb kann dafür nichts angenommen werden. Fragen Sie Ihre Registerstelle oder sagen Sie Nein.
answering-full = Alle Ihre Plätze sind vergeben, deshalb können Sie jetzt nicht Ja sagen. Stimmen Sie einem kurzen Gespräch zu, sagen Sie Nein oder bitten Sie Ihre Registerstelle um mehr Plätze.
answering-typed = Was Sie geschrieben haben:
