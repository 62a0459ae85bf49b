# Ce que disent les messages. Un objet se lit sur tous les écrans : il ne nomme personne et rien n’y est inséré.

mail-hello = Bonjour,
mail-hello-name = Bonjour { $name },
mail-written-by = Ce message vient du registre de mentorat de { $organisation } :
mail-opening = L’ouvrir, ou ouvrir un de ses liens, n’apprend rien à personne ; chaque lien montre d’abord ce qu’il fera et demande.
mail-title = Sujet
mail-request-title = Votre demande
mail-purpose = Pour quoi
mail-why-you = Pourquoi vous
mail-question-text = La question
mail-answer-text = La réponse
mail-their-words = Le mot qui l’accompagne
mail-their-address = L’adresse
mail-referral = Qui vous est proposé à la place
mail-the-mentor = la mentore ou le mentor
mail-do-pause = Ne plus recevoir de demandes pour l’instant
mail-do-leave = Quitter le registre
mail-do-choose = Choisir quels messages vous recevez
mail-do-take-back = Reprendre votre demande
mail-do-accept = Dire oui et donner votre adresse
mail-do-explore = Accepter un court premier appel, sans décider encore
mail-do-ask = Poser d’abord une question
mail-do-decline = Dire non, avec une raison ; un non est aussi une réponse
mail-do-answer = Répondre

## À une mentore ou un mentor

mail-subject-request = Une demande attend votre réponse
mail-subject-answer = Votre question a reçu une réponse
mail-subject-reminder = Une demande attend encore votre réponse
mail-subject-last-reminder = Une demande expire bientôt
mail-subject-contact = Vous pouvez vous écrire maintenant
mail-subject-taken-back = Une demande a été reprise
mail-subject-ran-out = Une demande a expiré
mail-subject-declined-for-you = Une demande a été refusée pour vous
mail-subject-answer-not-taken = Une de vos réponses n’a pas compté
mail-subject-paused = Vous ne recevez plus de demandes pour l’instant
mail-request = { $mentee }, de { $organisation }, vous demande { $offer }.
mail-waits-for-you = La demande vous attend jusqu’au { $day }.
mail-answer = { $mentee } a répondu à votre question.
mail-reminder = { $mentee }, de { $organisation }, attend encore de vos nouvelles. Un seul geste suffit, et un non est plus aimable que le silence.
mail-contact = Vous avez dit oui à { $mentee } ; voici comment vous joindre.
mail-taken-back = { $mentee } a repris une demande. Vous n’avez plus rien à faire.
mail-ran-out = Une demande de { $mentee } n’a pas reçu de réponse à temps, ce qui lui a été dit. Si vous n’avez pas le temps en ce moment, ne recevez plus de demandes pendant quelque temps : c’est juste pour tout le monde.
mail-declined-for-you = Vous n’êtes plus dans le registre ; une demande de { $mentee } a donc été refusée pour vous.
mail-answer-not-taken = Votre dernière réponse à { $mentee } n’a pas compté de l’autre côté, sans doute parce que la demande était reprise ou son délai passé.
mail-paused = Trois demandes de suite ont expiré sans un mot de vous ; le registre indique donc que vous n’en recevez plus. Personne ne vous en veut : qui cherche un mentorat n’attend simplement plus en vain.
mail-paused-appeal = Vous restez dans le registre. Quand vous aurez de nouveau du temps, ou s’il s’agit d’une erreur, ouvrez votre session et recevez de nouveau des demandes, ou écrivez au service du registre, qui peut l’annuler aussitôt :
mail-asks-intro_15 = une conversation d’une quinzaine de minutes
mail-asks-micro = une à trois rencontres
mail-asks-standard = un mentorat de quelques mois
mail-asks-open_ended = un mentorat sans fin prévue
mail-asks-peer = un échange entre pairs
mail-asks-reverse = un mentorat inversé, où les moins anciens accompagnent les plus anciens
mail-asks-group = un mentorat en groupe

## À qui cherche un mentorat

mail-subject-delivered = Votre demande est arrivée
mail-subject-question = On vous pose une question
mail-subject-exploring = Un premier appel est convenu
mail-subject-accepted = Votre demande a reçu un oui
mail-subject-declined = Une réponse à votre demande
mail-subject-expired = Votre demande a expiré
mail-subject-undeliverable = Votre demande n’a pas pu être remise
mail-subject-mentor-paused = Une pause, pendant que votre demande attend
mail-subject-not-taken = Un de vos envois n’a pas compté
mail-delivered = Votre demande est arrivée chez { $organisation } et sera transmise à { $mentor }.
mail-delivered-until = Vous aurez de nos nouvelles quoi qu’il arrive, au plus tard le { $day }.
mail-question = { $mentor } voudrait savoir quelque chose avant de décider.
mail-waits-for-them = Votre demande attend maintenant jusqu’au { $day }.
mail-exploring = { $mentor } accepte un court premier appel avant de décider. Vous aurez l’adresse avec le oui.
mail-accepted = { $mentor } a dit oui. Écrivez dans les prochains jours.
mail-declined = Cette fois, c’est non : { $why }.
mail-declined-next = Un non en dit plus sur le temps et l’accord que sur vous. Vous pouvez demander aussitôt à d’autres.
mail-unanswered = Votre demande à { $mentor } n’a pas abouti : { $why }.
mail-unanswered-next = Ce n’est pas un jugement sur ce que vous avez écrit. Vous pouvez demander aussitôt à d’autres.
mail-mentor-paused-until = { $mentor } fait une pause jusqu’au { $day }.
mail-mentor-paused = { $mentor } fait une pause, dont la fin n’est pas fixée.
mail-mentor-paused-waits = Votre demande attend quand même, et son délai court toujours : sans réponse, elle prend fin le { $day }, et nous vous le dirons.
mail-mentor-paused-next = Rien ne vous oblige à attendre : vous pouvez la reprendre à tout moment et demander à quelqu’un d’autre. Si le jour change, la page de votre demande le dira :
mail-not-taken = Votre dernier envoi à { $mentor } n’a pas compté de l’autre côté, sans doute parce que le délai était passé.
mail-why-no_capacity = il n’y a plus de temps ou de place
mail-why-not_right_expertise = ce n’est pas son domaine
mail-why-timing = ce n’est pas le moment
mail-why-conflict_of_interest = il ne serait pas juste d’accepter
mail-why-language_or_mode = il manque une langue ou une façon de se rencontrer en commun
mail-why-someone_else_better = quelqu’un d’autre convient mieux
mail-why-other = la réponse est non
mail-why-no_longer_listed = le profil n’est plus dans le registre
mail-why-blocked = d’autres demandes de votre part ne sont pas souhaitées
mail-why-expired = personne n’a répondu avant la fin de l’attente
mail-why-undeliverable = elle n’a pas pu être remise à temps
mail-why-not_recognised = cette organisation ne reçoit pas encore les demandes de la vôtre ; votre service du registre peut le demander
mail-why-inbox_full = autant de demandes que possible y attendent déjà ; réessayez dans quelques jours
mail-why-organisation_full = autant de demandes de votre organisation que possible y attendent déjà ; réessayez dans quelques jours
mail-why-cooldown = vous avez reçu un non il y a moins de 30 jours
mail-why-pair_open = une de vos demandes à cette personne y est déjà ouverte
mail-why-not_listed = ce profil n’y est plus inscrit
mail-why-not_accepting = cette personne ne reçoit pas de demandes pour l’instant
mail-why-no_introduction = elle n’appartient à rien de connu là-bas
mail-why-malformed = un texte contient une adresse ou un lien, ou enfreint une autre règle là-bas

## Au service du registre

mail-subject-silent = Quelqu’un aurait besoin d’un mot de vous
mail-silent = { $mentor } a laissé expirer deux demandes de suite sans un mot. Un appel aimable aide souvent : des messages n’arrivent pas, et des semaines sont trop pleines.
mail-silent-next = Une de plus, et le nœud indiquera que cette personne ne reçoit plus de demandes, pour que nul n’attende en vain. Il le lui dira, et chacun de vous deux pourra l’annuler.

## À qui ouvre une session

mail-subject-sign-in = Votre lien pour ouvrir une session
mail-sign-in = Quelqu’un, sans doute vous, veut ouvrir une session dans le registre de mentorat de { $organisation }.
mail-sign-in-once = Ouvrez ceci dans les quinze minutes et appuyez sur le bouton. Il ne sert qu’une fois.
mail-sign-in-link = Ouvrir la session
mail-sign-in-else = Si ce n’était pas vous, ne faites rien : personne n’entre sans ce lien.

## About rights, and to see that mail arrives

mail-subject-rights = Une demande sur les droits d’une personne
mail-subject-rights-answer = Une réponse au sujet de vos données
mail-subject-test = Un essai du courrier de votre registre de mentorat
mail-rights = Une demande sur les droits d’une personne est arrivée chez { $organisation }.
mail-rights-kind = Ce qui est demandé
mail-rights-due = La réponse est due au plus tard le { $day }.
mail-rights-read = Le service du registre la lit et y répond avec : { $command }
mail-rights-answer = { $organisation } répond à votre demande du { $day } (numéro { $number }).
mail-rights-words = Ce qui est dit
mail-rights-complain = Si cette réponse ne vous satisfait pas, vous pouvez porter plainte auprès de votre autorité de protection des données.
mail-test = Le courrier de votre registre de mentorat arrive. Vous n’avez rien à faire.
