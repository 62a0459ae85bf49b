# What mails say. A subject lies open on screens: it names nobody, and nothing is put into it.

mail-hello = Hello,
mail-hello-name = Hello { $name },
mail-written-by = This mail was written by the mentor register of { $organisation }:
mail-opening = Opening it or a link in it tells nobody anything; each link first shows what it will do and asks.
mail-title = About
mail-request-title = Your request
mail-purpose = What it is for
mail-why-you = Why you
mail-question-text = The question
mail-answer-text = The answer
mail-their-words = What they say
mail-their-address = Their address
mail-referral = Whom they suggest instead
mail-the-mentor = the mentor
mail-do-pause = Take no requests for now
mail-do-leave = Leave the register
mail-do-choose = Choose which mail you get
mail-do-take-back = Take your request back
mail-do-accept = Say yes, and let them have your address
mail-do-explore = Agree to a short first call, without deciding yet
mail-do-ask = Ask something first
mail-do-decline = Say no, with a reason; a no is an answer too
mail-do-answer = Answer

## To a mentor

mail-subject-request = A request waits for your answer
mail-subject-answer = Your question was answered
mail-subject-reminder = A request still waits for your answer
mail-subject-last-reminder = A request will soon run out
mail-subject-contact = You can write to each other now
mail-subject-taken-back = A request was taken back
mail-subject-ran-out = A request has run out
mail-subject-declined-for-you = A request was declined for you
mail-subject-answer-not-taken = An answer of yours did not count
mail-subject-paused = You take no requests for now
mail-request = { $mentee } of { $organisation } asks you for { $offer }.
mail-waits-for-you = It waits for you until { $day }.
mail-answer = { $mentee } answered what you asked.
mail-reminder = { $mentee } of { $organisation } still waits to hear from you. One step is enough, and a no is kinder than silence.
mail-contact = You said yes to { $mentee }; this is how to reach them.
mail-taken-back = { $mentee } took a request back. There is nothing left for you to do.
mail-ran-out = A request of { $mentee } was not answered in time, and they were told so. If you have no time at the moment, take no requests for a while: that is fair to everybody.
mail-declined-for-you = You are not listed any more, so a request of { $mentee } was declined for you.
mail-answer-not-taken = What you last answered to { $mentee } did not count at the other side, most likely because they had taken the request back or its time was over.
mail-paused = Three requests in a row ran out without a word of yours, so that you are now shown as taking no requests. Nobody thinks ill of it: whoever looks for a mentor just does not wait in vain any more.
mail-paused-appeal = You are still listed. When you have time again, or if this is a mistake, sign in and take requests again, or write to your registrar, who can undo it at once:
mail-asks-intro_15 = one conversation of about fifteen minutes
mail-asks-micro = one to three meetings
mail-asks-standard = a mentoring of some months
mail-asks-open_ended = a mentoring without a planned end
mail-asks-peer = an exchange between peers
mail-asks-reverse = reverse mentoring, in which the junior mentors the senior
mail-asks-group = mentoring in a group

## To a mentee

mail-subject-delivered = Your request has arrived
mail-subject-question = You were asked something
mail-subject-exploring = A first call is agreed
mail-subject-accepted = A mentor said yes
mail-subject-declined = An answer to your request
mail-subject-expired = Your request has run out
mail-subject-undeliverable = Your request could not be delivered
mail-subject-mentor-paused = Your mentor takes a pause
mail-subject-not-taken = Something you sent did not count
mail-delivered = Your request has arrived at { $organisation }, who will tell { $mentor }.
mail-delivered-until = You will hear from us whatever happens, at the latest on { $day }.
mail-question = { $mentor } would like to know something before deciding.
mail-waits-for-them = Your request now waits until { $day }.
mail-exploring = { $mentor } agrees to a short first call before deciding. You will get their address with their yes.
mail-accepted = { $mentor } said yes. Write to them within a few days.
mail-declined = This time it is a no: { $why }.
mail-declined-next = A no says more about time and fit than about you. Other mentors can be asked right away.
mail-unanswered = Nothing came of your request to { $mentor }: { $why }.
mail-unanswered-next = That is no judgement of what you wrote. Other mentors can be asked right away.
mail-mentor-paused-until = { $mentor } takes a pause until { $day }.
mail-mentor-paused = { $mentor } takes a pause; no day is set for its end.
mail-mentor-paused-waits = Your request waits all the same, and its clock goes on: if nobody answers, it ends on { $day }, and you are told so.
mail-mentor-paused-next = You need not wait: you can take it back at any time, and ask another mentor. If the day changes, your request’s own page says so:
mail-not-taken = What you last sent to { $mentor } did not count at the other side, most likely because its time was over.
mail-why-no_capacity = the mentor has no time or no place left
mail-why-not_right_expertise = it is not what the mentor knows
mail-why-timing = it does not fit the mentor now
mail-why-conflict_of_interest = it would not be right for the mentor to take it on
mail-why-language_or_mode = there is no language or way to meet in common
mail-why-someone_else_better = somebody else fits better
mail-why-other = the mentor said no
mail-why-no_longer_listed = the mentor is no longer listed
mail-why-blocked = the mentor wants no further request of this person
mail-why-expired = nobody answered before the wait ended
mail-why-undeliverable = it could not be brought there in time
mail-why-not_recognised = that organisation takes no requests of yours yet; your registrar can ask for that
mail-why-inbox_full = as many requests wait for this mentor as may; try again in a few days
mail-why-organisation_full = as many requests of your organisation wait there as may; try again in a few days
mail-why-cooldown = this mentor said no to you less than 30 days ago
mail-why-pair_open = a request of yours to this mentor is open there already
mail-why-not_listed = this mentor is not listed there any more
mail-why-not_accepting = this mentor takes no requests now
mail-why-no_introduction = it belongs to nothing that is known there
mail-why-malformed = a text holds a contact or a link, or breaks another rule there

## To a registrar

mail-subject-silent = A mentor may need a word from you
mail-silent = { $mentor } let two requests in a row run out without a word. A friendly call often helps: some mail does not arrive, and some weeks are too full.
mail-silent-next = One more, and the node shows this mentor as taking no requests, so that nobody else waits in vain. It tells the mentor, and both of you can undo it.

## To whoever signs in

mail-subject-sign-in = Your link to sign in
mail-sign-in = Somebody, most likely you, asked to sign in to the mentor register of { $organisation }.
mail-sign-in-once = Open this within fifteen minutes and press the button there. It works once.
mail-sign-in-link = Sign in
mail-sign-in-else = If it was not you, do nothing: nobody gets in without this link.

## About rights, and to see that mail arrives

mail-subject-rights = A request about somebody’s rights
mail-subject-rights-answer = An answer about your data
mail-subject-test = A test of your mentor register’s mail
mail-rights = A request about somebody’s rights came to { $organisation }.
mail-rights-kind = What is asked for
mail-rights-due = It has to be answered by { $day }.
mail-rights-read = Who keeps the register reads and answers it with: { $command }
mail-rights-answer = { $organisation } answers your request of { $day } (number { $number }).
mail-rights-words = What they say
mail-rights-complain = If you are not content with this answer, you can complain to your data protection authority.
mail-test = Mail from your mentor register arrives. There is nothing for you to do.
