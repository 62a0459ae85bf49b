# Die Seiten auf Deutsch. Was in { … } steht, setzt der Knoten ein; [ und ] umschließen die Wörter eines Verweises.

## Jede Seite

register = Mentoring-Register
of-organisation = von { $name }
skip = Zum Inhalt springen
about-this-register = Über dieses Register
search = Suche
about = Über uns
sign-in-or-out = An- oder abmelden
privacy = Datenschutz
complaints = Beschwerden
own-disk = Beantwortet von der Festplatte dieses Knotens. Ihre Wörter gingen nirgendwo anders hin.
switch = Sprache
decimal-sign = ,
day = { $day }. { $month } { $year }
month-1 = Januar
month-2 = Februar
month-3 = März
month-4 = April
month-5 = Mai
month-6 = Juni
month-7 = Juli
month-8 = August
month-9 = September
month-10 = Oktober
month-11 = November
month-12 = Dezember

## Die erste Seite

find = Mentorin oder Mentor finden
ask = Woran möchten Sie arbeiten?
ask-hint = Ein Können, ein Beruf, eine Frage: „Social Media für PR“, „Wiedereinstieg in den Beruf“.
ask-button = Suchen
unsure = Nicht sicher, was Sie eingeben sollen? [Vier Fragen helfen], und jede dürfen Sie überspringen.
everybody = [Alle ansehen]
start-counted =
    { $count ->
        [one] Bisher steht hier eine Person.
       *[other] Hier stehen { $count } Mentorinnen und Mentoren.
    }
start-what = Was Mentoring ist
start-what-1 = Mentoring ist ein Gespräch zwischen Ihnen und jemandem, der schon dort war, wohin Sie möchten. Eine Mentorin oder ein Mentor hört zu, fragt nach, teilt Erfahrung und öffnet manchmal eine Tür. Was Sie daraus machen, entscheiden Sie.
start-what-2 = Es ist weder Unterricht noch Therapie noch ein Stellenangebot, und niemand muss vollkommen sein: Die meisten Menschen können bei etwas helfen und brauchen bei etwas anderem Hilfe.
start-kinds = Arten von Mentoring
kind-intro_15 = Ein erstes Gespräch, um zu sehen, ob es passt. Es verpflichtet zu nichts und ist der beste Anfang.
kind-micro = Eine Frage oder Entscheidung, in wenigen Treffen geklärt.
kind-standard = Eine Beziehung mit einem Ziel, meist ein Treffen im Monat.
kind-open_ended = So lange, wie es beiden nützt.
kind-peer = Zwei Menschen in derselben Lage helfen einander abwechselnd.
kind-reverse = Jemand mit weniger Dienstjahren begleitet jemanden mit mehr.
kind-group = Eine Mentorin oder ein Mentor und einige Menschen mit derselben Frage.
start-steps = Wie es geht
step-1 = Suchen Sie nach dem, woran Sie arbeiten möchten, oder lassen Sie vier Fragen die Wörter finden.
step-2 = Lesen Sie ein oder zwei Profile. Jeder Treffer sagt, warum er gefunden wurde; die Entscheidung liegt bei Ihnen.
step-3 = Bitten Sie um 15 Minuten: ein klarer Titel, ein begrenztes Anliegen und warum Sie gerade diese Person fragen. Fünf Anfragen können gleichzeitig offen sein.
step-4 = Sie bekommen immer eine Antwort. Kontaktdaten werden erst ausgetauscht, wenn beide Ja sagen.
step-5 = Treffen Sie sich, vereinbaren Sie, worum es geht und wie oft Sie sprechen, und schauen Sie nach einer Weile zurück: Nützt es noch?
step-6 = Hören Sie auf, wann immer es nicht passt. Niemand braucht einen Grund, und niemand ist schuld.
start-whom = Wen Sie fragen können
start-whom-asked = { $name } betreibt dieses Register. Die Registerstelle hilft bei Anfragen, Profilen und allem, was schiefgegangen ist.
start-whom-more = Diese Seiten sagen, wessen Profile Sie hier finden, was mit den Angaben der Menschen geschieht und wohin Sie sich wenden, wenn etwas nicht stimmt:

## Was brauchen Sie?

need = Was brauchen Sie?
need-lead = Vier Fragen, etwa drei Minuten. Beantworten Sie, was Sie mögen, und lassen Sie den Rest weg: Jede Antwort macht die Suche ein wenig besser, und keine ist nötig.
need-private = Ihre Antworten bleiben in der Adresse Ihrer eigenen Suche. Dieser Knoten bewahrt sie nicht auf und schickt sie nirgendwohin.
need-why = Warum suchen Sie Mentoring?
need-context = Wo stehen Sie?
need-context-hint = Ihr Fach, Ihre Arbeit, was sich ändert: „Pflegefachkraft, leite zum ersten Mal ein Team“.
need-context-label = Ihre Lage in wenigen Wörtern
need-look = Was suchen Sie?
need-look-words = Woran Sie arbeiten möchten
need-look-kind = Wie Sie zusammenarbeiten möchten
need-look-language = Eine Sprache, die Sie sprechen möchten
need-look-any = jede Sprache
need-look-free = Nur wer einen Platz frei hat
need-bring = Was bringen Sie mit?
need-bring-hint = Eine Mentorin oder ein Mentor möchte wissen, wen sie oder er trifft: was Sie können, was Sie versucht haben, wann Sie Zeit haben. Danach wird nicht gesucht. Es steht neben Ihren Treffern, bereit für Ihre erste Nachricht.
need-bring-label = Was Sie mitbringen, in wenigen Sätzen
need-button = Passende Menschen finden
need-skip = [Die Fragen überspringen] und alle ansehen.
told = Was Sie uns gesagt haben
told-change = [Ihre Antworten ändern]
help-career_development = Mein beruflicher Weg
help-sector_knowledge = Ein Fachgebiet kennenlernen
help-organisational_politics = Verstehen, wie eine Organisation funktioniert
help-skills = Ein Können
help-confidence = Selbstvertrauen
help-managing_change = Eine Veränderung, die ich gestalten muss
help-returning_to_work = Wiedereinstieg in den Beruf
help-chartership_or_accreditation = Ein Abschluss oder eine Anerkennung
help-leadership = Menschen führen
help-entrepreneurship = Etwas Eigenes gründen

## Treffer

refused = Diese Suche war nicht möglich
again = [Von vorn beginnen]
found =
    { $count ->
        [0] Niemand gefunden
        [one] { $count } Person gefunden
       *[other] { $count } Personen gefunden
    }
found-range = { $first } bis { $last }
narrow = Treffer eingrenzen
filters-set = Gesetzte Filter
filter-remove = – diesen Filter entfernen
filter-remove-all = Alle entfernen
filter-skill = Kennt sich aus mit
filter-offer = Bietet
filter-language = Spricht
filter-country = Lebt in
filter-organisation = Eingetragen von
filter-available = Freie Plätze
filter-trainee = In Ausbildung
trainee-true = sagt: in Ausbildung
trainee-false = sagt das nicht
available-true = hat einen Platz frei
available-false = hat zurzeit keinen
none-yet = Hier steht noch niemand. Die ersten Profile erscheinen, sobald { $name } eines veröffentlicht oder einer Organisation vertraut, die welche hat.
nobody = Niemand passt zu all dem. Was oft hilft:
nobody-filters = [Noch einmal ohne die Filter suchen]
nobody-words = Nehmen Sie weniger oder allgemeinere Wörter: „Schreiben“ statt „Entwurf von Jahresberichten“.
nobody-everybody = [Alle ansehen], zuerst wer am ehesten Zeit hat.
nobody-hidden = Profile anderer Organisationen sind bekannt, werden hier aber nicht gezeigt; siehe unten.
listed-by = Eingetragen von { $name }
why = Warum diese Person: { $points } von 100 Punkten
why-words = „{ $words }“ steht in { $places }
why-words-read = „{ $words }“, gelesen als „{ $reading }“, steht in { $places }
why-words-alike = „{ $words }“, gelesen als „{ $reading }“ oder ähnlich, steht in { $places }
why-together = { $words } nah beieinander
why-skills = kennt sich aus mit { $skills }
why-language = spricht { $language } ({ $fluency })
why-country = lebt in { $place }
why-offers = bietet an: { $offers }
why-readiness = { $said }
why-practice = { $said }
quoted = „{ $words }“
place-skills = Kenntnisse
place-headline = Überschrift
place-name = Name
place-helps_with = Themen der Hilfe
place-tags = Stichwörter
place-summary = Zusammenfassung
place-sectors = Branchen
place-bio = der längere Text
place-fit = wem geholfen werden kann
place-programme = Programm
place-employer = Arbeitgeber
place-region = Region
results-more = Weitere Treffer
results-earlier = Frühere Treffer
hidden = Bekannt, aber hier nicht gezeigt
hidden-lead = Diese Organisationen sind im Netz. Ihre Profile erscheinen hier, sobald die Registerstelle ihnen vertraut.
hidden-mentors =
    { $count ->
        [one] { $count } Profil
       *[other] { $count } Profile
    }
hidden-next = Um sie zu zeigen:
count-unit = Personen
back-to-top = [Zurück nach oben]

## Ein Profil

back-to-search = [Suche]
profile-about = Zur Person
profile-skills = Kennt sich aus mit
profile-fit = Wem ich helfen kann und wem nicht
profile-more = Mehr
profile-links = Anderswo
profile-short = In Kürze
list-offers = Bietet
list-helps = Hilft bei
list-brings = Bringt mit
list-languages = Sprachen
list-access = Barrierefreiheit
list-tags = Schlagwörter
fact-employer = Arbeitet bei
fact-sectors = Branchen
fact-meets = Trifft sich
fact-zone = Zeitzone
fact-scope = Sucht
fact-style = Arbeitsweise
fact-answers = Antwortet
fact-ethics = Ethik
fact-assured = Durchgesehen
years =
    { $count ->
        [one] { $count } Jahr
       *[other] { $count } Jahre
    }
ethics-accepted = sagt: hat { $code } am { $day } angenommen
assured-by = { $day }, Rolle: { $role }
from-where = Woher das kommt
from-where-signed = { $name } hat dieses Profil am { $issued } signiert. Es verschwindet am { $expires }, wenn es nicht erneuert wird. Was die Person über sich sagt, ist ihre Sache; die Signatur zeigt, wer sie einträgt.
from-where-profile = Profil
from-where-record = Datensatz
from-where-download = Den signierten Datensatz herunterladen
from-where-check = Prüfen können ihn alle mit diesem Befehl:

## Wörter des Profils

offer-intro_15 = Ein Gespräch von 15 Minuten
offer-micro = Ein bis drei Treffen
offer-standard = Drei bis zwölf Monate
offer-open_ended = Ohne festes Ende
offer-peer = Mentoring auf Augenhöhe
offer-reverse = Umgekehrtes Mentoring
offer-group = Eine Gruppe
offer-minutes =
    { $count ->
        [one] je { $count } Minute
       *[other] je { $count } Minuten
    }
offer-monthly = { $count } im Monat
offer-most =
    { $count ->
        [one] { $count } Person
       *[other] bis zu { $count } Personen
    }
fee-free = kostenlos
fee-expenses = nur Auslagen
fee-paid = gegen Honorar
fee-sliding = Honorar nach Möglichkeiten
helps-career_development = Berufliche Entwicklung
helps-sector_knowledge = Branchenwissen
helps-organisational_politics = Abläufe und Interessen in Organisationen
helps-skills = Können
helps-confidence = Selbstvertrauen
helps-managing_change = Veränderungen gestalten
helps-returning_to_work = Wiedereinstieg in den Beruf
helps-chartership_or_accreditation = Abschluss oder Anerkennung
helps-leadership = Führung
helps-entrepreneurship = Gründung
access-captions = Untertitel
access-sign_language = Gebärdensprache
access-step_free = Stufenlos
access-easy_read = Leichte Sprache
access-low_bandwidth = Langsame Verbindung
access-camera_off_ok = Kamera darf aus bleiben
spoken = { $language } ({ $fluency })
fluency-native = Muttersprache
fluency-fluent = fließend
fluency-working = für die Arbeit
level-beginner = Anfänge
level-average = gut
level-expert = gründlich
mode-video = per Video
mode-phone = am Telefon
mode-in_person = persönlich
mode-text = schriftlich
scope-local = Menschen in der Nähe
scope-regional = Menschen in der Region
scope-national = Menschen im Land
scope-international = Menschen überall
style-listening = zuhören
style-challenging = herausfordern
style-sponsoring = Türen öffnen
style-teaching = lehren
style-coaching = coachen
style-sharing_experience = Erfahrung teilen
knowing-why = Wissen warum: Sinn und Richtung
knowing-how = Wissen wie: Können und Praxis
knowing-whom = Wissen wen: Menschen und Netzwerke
answers-new = bisher zu wenige Anfragen, um zu sagen, wie bald
answers-3d = meist innerhalb von 3 Tagen
answers-7d = meist innerhalb einer Woche
answers-14d = meist innerhalb von zwei Wochen
answers-slow = meist nach mehr als zwei Wochen
availability-accepting =
    { $count ->
        [0] Nimmt Anfragen an, zurzeit kein Platz frei
        [one] Nimmt Anfragen an, { $count } Platz frei
       *[other] Nimmt Anfragen an, { $count } Plätze frei
    }
availability-waitlist = Führt eine Warteliste
availability-paused = Nimmt vorerst keine Anfragen an
availability-closed = Nimmt keine Anfragen an
availability-from = ab { $day }
availability-until = bis { $day }
practice-qualified = sagt: für Mentoring ausgebildet
practice-experienced = sagt: erfahren, ohne Abschluss
practice-trainee = sagt: in Mentoring-Ausbildung
practice-trainee-on = sagt: in Mentoring-Ausbildung bei { $programme }
practice-award = strebt an: { $award }
practice-until = bis { $day }
practice-supervised = mit Supervision
practice-unsupervised = ohne Supervision
practice-hours = { $hours } Stunden Praxis
hours-0 = unter 10
hours-10 = 10 bis 25
hours-25 = 25 bis 50
hours-50 = 50 bis 100
hours-100 = 100 bis 250
hours-250 = 250 oder mehr

## Über das Register

about-what = Dies ist ein Register für Mentoring ohne Mittelpunkt. Berufsverbände, Arbeitgeber und Ausbildungsprogramme betreiben je einen eigenen Knoten. Jeder trägt seine eigenen Mentorinnen und Mentoren ein, signiert, was er über sie sagt, und hält eine vollständige Kopie dessen, was die anderen signiert haben, denen er vertraut.
about-who = Wer diesen Knoten betreibt
about-who-runs = { $name } betreibt ihn und steht für die Menschen ein, die dort eingetragen sind. Der kurze Name im Netz:
website = Die Website:
about-whose = Wessen Profile Sie hier finden
about-listed =
    { $count ->
        [one] { $count } Profil, eingetragen von:
       *[other] { $count } Profile, eingetragen von:
    }
about-search = Wie eine Suche arbeitet
about-search-1 = Ihre Wörter werden auf der Festplatte dieses Knotens nachgeschlagen und gehen nirgendwo anders hin. Bei jedem Treffer stehen die Gründe: welche Wörter wo passten, welche Filter zutreffen, ob ein Platz frei ist. Die Punkte ordnen nur die Liste; die Entscheidung liegt bei Ihnen.
about-search-2 = Was mit „sagt“ beginnt, sagt eine Person über sich selbst. Niemand hat es geprüft.
about-search-3 = Ein Eintrag, den seine Organisation nicht erneuert, verschwindet innerhalb von fünf Wochen von selbst.

## Datenschutz

privacy-own = Die eigene Datenschutzerklärung der Organisation:
privacy-own-more = Was folgt, sagt in einfachen Worten, was dieser Knoten tut.
privacy-ours = Dies ist die Erklärung von { $name } für das Mentoring-Register.
privacy-search = Wenn Sie suchen
privacy-search-1 = Was Sie eingeben, wird von der Festplatte dieses Knotens beantwortet. Es wird nicht an andere Organisationen geschickt, nicht aufbewahrt und nicht benutzt, um sich ein Bild von Ihnen zu machen. Diese Seiten führen keine Skripte aus und laden nichts von anderswo. Wenn Sie eine Sprache wählen, merkt sich ein Cookie dieses eine Wort und nichts über Sie. Solange Sie angemeldet sind, sagt ein zweites Cookie diesem Knoten, und niemandem sonst, dass Sie es sind.
privacy-listed = Wenn Sie als Mentorin oder Mentor eingetragen sind
privacy-listed-1 = Ihre Organisation veröffentlicht, was Sie zu zeigen bereit waren: Ihren Namen, was Sie wissen und anbieten, Ihre Sprachen, Ihr Land und Ihre Region und ob Sie Zeit haben. Nie veröffentlicht sie Ihre E-Mail-Adresse, Telefonnummer, Anschrift, Ihr Geburtsdatum oder Ihre Einwilligung. Diese bleiben bei der Organisation, die Sie einträgt.
privacy-listed-2 = Ein veröffentlichtes Profil wird auf die Knoten der beteiligten Organisationen kopiert, vielleicht auch in anderen Ländern, damit jede suchen kann, ohne jemanden zu fragen. Im offenen Web erscheint es nur, wenn Sie dem gesondert zugestimmt haben.
privacy-rights = Ihre Rechte
privacy-see = Ansehen:
privacy-see-how = Ihre Profilseite zeigt alles, was öffentlich ist.
privacy-correct = Berichtigen:
privacy-correct-how = Bitten Sie die Organisation darum, die Sie einträgt. Die neue Fassung ersetzt überall die alte.
privacy-leave = Gehen:
privacy-leave-how = Bitten Sie sie, Ihr Profil zurückzuziehen oder zu löschen. Verbundene Knoten nehmen es in Sekunden aus der Suche. Ein ausgeschalteter Knoten holt das nach, sobald er zurückkehrt, und jede Kopie läuft innerhalb von fünf Wochen ab.
privacy-complain = Sich beschweren:
privacy-complain-how = Die [Seite für Beschwerden] sagt, wo.

## Beschwerden

complaints-lead = Hier ist etwas falsch, schädlich oder ohne Ihre Einwilligung über Sie? Sagen Sie es.
complaints-mentor = Über eine Person oder ein Profil
complaints-mentor-1 = Jedes Profil nennt die Organisation, die es einträgt. Sie kann es berichtigen, zurückziehen oder löschen, und sie fragen Sie am besten zuerst.
complaints-register = Über dieses Register
complaints-write = Schreiben Sie an { $name }:
complaints-turn = Wenden Sie sich an { $name } (von dort kommt dieser Knoten) und fragen Sie nach der Registerstelle.
complaints-then = Was dann geschieht
complaints-then-1 = Die Registerstelle kann ein Profil der eigenen Organisation sofort aus dem Netz nehmen und kann alles einer anderen Organisation hier ausblenden. Sie können sich auch bei der Datenschutzbehörde Ihres Landes beschweren.
