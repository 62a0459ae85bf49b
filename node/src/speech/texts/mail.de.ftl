# Was Nachrichten sagen. Ein Betreff liegt offen auf Bildschirmen: Er nennt niemanden, und nichts wird in ihn eingesetzt.

mail-hello = Guten Tag,
mail-hello-name = Guten Tag { $name },
mail-written-by = Diese Nachricht kommt vom Mentoring-Register von { $organisation }:
mail-opening = Sie oder einen Link darin zu öffnen verrät niemandem etwas; jeder Link zeigt zuerst, was er tun wird, und fragt.
mail-title = Worum es geht
mail-request-title = Ihre Anfrage
mail-purpose = Wofür
mail-why-you = Warum Sie
mail-question-text = Die Frage
mail-answer-text = Die Antwort
mail-their-words = Was dazu gesagt wird
mail-their-address = Die Adresse
mail-referral = Wer stattdessen empfohlen wird
mail-the-mentor = die Mentorin oder der Mentor
mail-do-pause = Vorerst keine Anfragen annehmen
mail-do-leave = Das Register verlassen
mail-do-choose = Auswählen, welche Nachrichten Sie bekommen
mail-do-take-back = Ihre Anfrage zurücknehmen
mail-do-accept = Ja sagen und Ihre Adresse weitergeben
mail-do-explore = Einem kurzen ersten Gespräch zustimmen, noch ohne Entscheidung
mail-do-ask = Zuerst etwas fragen
mail-do-decline = Nein sagen, mit einem Grund; auch ein Nein ist eine Antwort
mail-do-answer = Antworten

## An eine Mentorin oder einen Mentor

mail-subject-request = Eine Anfrage wartet auf Ihre Antwort
mail-subject-answer = Ihre Frage wurde beantwortet
mail-subject-reminder = Eine Anfrage wartet noch auf Ihre Antwort
mail-subject-last-reminder = Eine Anfrage läuft bald ab
mail-subject-contact = Sie können einander jetzt schreiben
mail-subject-taken-back = Eine Anfrage wurde zurückgenommen
mail-subject-ran-out = Eine Anfrage ist abgelaufen
mail-subject-declined-for-you = Eine Anfrage wurde für Sie abgelehnt
mail-subject-answer-not-taken = Eine Antwort von Ihnen galt nicht mehr
mail-subject-paused = Sie nehmen vorerst keine Anfragen an
mail-request = { $mentee } von { $organisation } bittet Sie um { $offer }.
mail-waits-for-you = Die Anfrage wartet bis zum { $day } auf Sie.
mail-answer = { $mentee } hat Ihre Frage beantwortet.
mail-reminder = { $mentee } von { $organisation } wartet noch auf ein Wort von Ihnen. Ein Schritt genügt, und ein Nein ist freundlicher als Schweigen.
mail-contact = Sie haben { $mentee } zugesagt; so erreichen Sie einander.
mail-taken-back = { $mentee } hat eine Anfrage zurückgenommen. Für Sie bleibt nichts zu tun.
mail-ran-out = Eine Anfrage von { $mentee } wurde nicht rechtzeitig beantwortet, und das wurde dort auch mitgeteilt. Wenn Sie gerade keine Zeit haben, nehmen Sie eine Weile keine Anfragen an: Das ist allen gegenüber fair.
mail-declined-for-you = Sie stehen nicht mehr im Register, deshalb wurde eine Anfrage von { $mentee } für Sie abgelehnt.
mail-answer-not-taken = Was Sie { $mentee } zuletzt geantwortet haben, galt auf der anderen Seite nicht mehr, wahrscheinlich weil die Anfrage zurückgenommen oder ihre Zeit vorbei war.
mail-paused = Drei Anfragen in Folge sind ohne ein Wort von Ihnen abgelaufen. Deshalb zeigt das Register nun, dass Sie keine Anfragen annehmen. Niemand nimmt Ihnen das übel: Wer Mentoring sucht, wartet nur nicht mehr vergeblich.
mail-paused-appeal = Sie stehen weiterhin im Register. Wenn Sie wieder Zeit haben oder dies ein Irrtum ist, melden Sie sich an und nehmen Sie wieder Anfragen an, oder wenden Sie sich an Ihre Registerstelle, die es sofort rückgängig machen kann:
mail-asks-intro_15 = ein Gespräch von etwa fünfzehn Minuten
mail-asks-micro = ein bis drei Treffen
mail-asks-standard = ein Mentoring über einige Monate
mail-asks-open_ended = ein Mentoring ohne festes Ende
mail-asks-peer = einen Austausch auf Augenhöhe
mail-asks-reverse = umgekehrtes Mentoring, bei dem Jüngere Ältere begleiten
mail-asks-group = Mentoring in einer Gruppe

## An jemanden, der Mentoring sucht

mail-subject-delivered = Ihre Anfrage ist angekommen
mail-subject-question = Sie wurden etwas gefragt
mail-subject-exploring = Ein erstes Gespräch ist vereinbart
mail-subject-accepted = Sie haben eine Zusage
mail-subject-declined = Eine Antwort auf Ihre Anfrage
mail-subject-expired = Ihre Anfrage ist abgelaufen
mail-subject-undeliverable = Ihre Anfrage konnte nicht zugestellt werden
mail-subject-mentor-paused = Eine Pause, während Ihre Anfrage wartet
mail-subject-not-taken = Etwas, das Sie gesandt haben, galt nicht mehr
mail-delivered = Ihre Anfrage ist bei { $organisation } angekommen und wird an { $mentor } weitergegeben.
mail-delivered-until = Sie hören von uns, was auch geschieht, spätestens am { $day }.
mail-question = { $mentor } möchte vor einer Entscheidung etwas wissen.
mail-waits-for-them = Ihre Anfrage wartet nun bis zum { $day }.
mail-exploring = { $mentor } stimmt einem kurzen ersten Gespräch vor der Entscheidung zu. Die Adresse bekommen Sie mit der Zusage.
mail-accepted = { $mentor } hat Ja gesagt. Schreiben Sie in den nächsten Tagen.
mail-declined = Diesmal ist es ein Nein: { $why }.
mail-declined-next = Ein Nein sagt mehr über Zeit und Passung als über Sie. Andere können Sie sofort fragen.
mail-unanswered = Aus Ihrer Anfrage an { $mentor } wurde nichts: { $why }.
mail-unanswered-next = Das ist kein Urteil über das, was Sie geschrieben haben. Andere können Sie sofort fragen.
mail-mentor-paused-until = { $mentor } macht eine Pause bis { $day }.
mail-mentor-paused = { $mentor } macht eine Pause, deren Ende noch offen ist.
mail-mentor-paused-waits = Ihre Anfrage wartet trotzdem, und ihre Frist läuft weiter: Antwortet niemand, endet sie am { $day }, und Sie erfahren es.
mail-mentor-paused-next = Sie müssen nicht warten: Sie können sie jederzeit zurücknehmen und andere fragen. Ändert sich der Tag, steht es auf der Seite Ihrer Anfrage:
mail-not-taken = Was Sie { $mentor } zuletzt gesandt haben, galt auf der anderen Seite nicht mehr, wahrscheinlich weil die Zeit vorbei war.
mail-why-no_capacity = es ist keine Zeit oder kein Platz mehr frei
mail-why-not_right_expertise = es liegt außerhalb der eigenen Erfahrung
mail-why-timing = es passt im Moment nicht
mail-why-conflict_of_interest = es wäre nicht richtig, dies zu übernehmen
mail-why-language_or_mode = es fehlt eine gemeinsame Sprache oder Art, sich zu treffen
mail-why-someone_else_better = jemand anderes passt besser
mail-why-other = die Antwort war Nein
mail-why-no_longer_listed = das Profil steht nicht mehr im Register
mail-why-blocked = weitere Anfragen von Ihnen sind nicht erwünscht
mail-why-expired = bis zum Ende der Wartezeit hat niemand geantwortet
mail-why-undeliverable = sie konnte nicht rechtzeitig dorthin gebracht werden
mail-why-not_recognised = diese Organisation nimmt noch keine Anfragen der Ihren an; Ihre Registerstelle kann darum bitten
mail-why-inbox_full = dort warten so viele Anfragen, wie es sein dürfen; versuchen Sie es in einigen Tagen wieder
mail-why-organisation_full = dort warten so viele Anfragen Ihrer Organisation, wie es sein dürfen; versuchen Sie es in einigen Tagen wieder
mail-why-cooldown = vor weniger als 30 Tagen bekamen Sie dort ein Nein
mail-why-pair_open = eine Anfrage von Ihnen an diese Person ist dort schon offen
mail-why-not_listed = dieses Profil steht dort nicht mehr im Register
mail-why-not_accepting = dort werden jetzt keine Anfragen angenommen
mail-why-no_introduction = sie gehört zu nichts, was dort bekannt ist
mail-why-malformed = ein Text enthält eine Adresse oder einen Link oder bricht dort eine andere Regel

## An eine Registerstelle

mail-subject-silent = Jemand könnte ein Wort von Ihnen brauchen
mail-silent = { $mentor } hat zwei Anfragen in Folge ohne ein Wort ablaufen lassen. Ein freundlicher Anruf hilft oft: Manche Nachricht kommt nicht an, und manche Woche ist zu voll.
mail-silent-next = Nach einer weiteren zeigt der Knoten, dass dort keine Anfragen angenommen werden, damit sonst niemand vergeblich wartet. Er teilt es mit, und beide Seiten können es rückgängig machen.

## An jemanden, der sich anmeldet

mail-subject-sign-in = Ihr Link zum Anmelden
mail-sign-in = Jemand, wahrscheinlich Sie, möchte sich beim Mentoring-Register von { $organisation } anmelden.
mail-sign-in-once = Öffnen Sie dies innerhalb von fünfzehn Minuten und drücken Sie dort den Knopf. Es gilt einmal.
mail-sign-in-link = Anmelden
mail-sign-in-else = Wenn Sie es nicht waren, tun Sie nichts: Ohne diesen Link kommt niemand hinein.

## About rights, and to see that mail arrives

mail-subject-rights = Eine Anfrage zu den Rechten einer Person
mail-subject-rights-answer = Eine Antwort zu Ihren Daten
mail-subject-test = Ein Test der Post Ihres Mentoring-Registers
mail-rights = Bei { $organisation } ist eine Anfrage zu den Rechten einer Person eingegangen.
mail-rights-kind = Worum gebeten wird
mail-rights-due = Sie muss bis zum { $day } beantwortet sein.
mail-rights-read = Wer das Register führt, liest und beantwortet sie mit: { $command }
mail-rights-answer = { $organisation } antwortet auf Ihre Anfrage vom { $day } (Nummer { $number }).
mail-rights-words = Was dazu gesagt wird
mail-rights-complain = Wenn Sie mit dieser Antwort nicht zufrieden sind, können Sie sich bei Ihrer Datenschutzbehörde beschweren.
mail-test = Die Post Ihres Mentoring-Registers kommt an. Für Sie ist nichts zu tun.
