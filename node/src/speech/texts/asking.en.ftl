### Asking a mentor, and answering.

asking-ask = Ask for a conversation
asking-ask-hint = Fifteen minutes are a good beginning, and bind nobody.
asking-ask-wait = No place is free now. You can ask for a short talk all the same; the answer may take longer.
asking-paused = This mentor takes a pause and cannot be asked now.
asking-paused-until = This mentor takes a pause and can be asked again on { $day }.
asking-closed = This mentor takes no more requests.
asking-see-others = [Look for others] who have time.
asking-see-mine = [See all your requests] and where each stands.
asking-see-open = See the request that is open
asking-a-mentor = a mentor

## The form

asking-heading = Ask { $name } for a conversation
asking-left = You can have { $most } requests open at a time; { $left } are left.
asking-advice = What makes a good first message
asking-advice-title = A clear title: one line that says what it is about.
asking-advice-limit = One limited request. “How did you move from nursing to teaching?” is easier to answer than “Will you be my mentor?”
asking-advice-why = Why you ask this person: something in the profile that spoke to you.
asking-advice-flexible = Be flexible: say what suits you, and that you will fit in.
asking-advice-thanks = Say thanks. A no is an answer too, and leaves other doors open.
asking-title = Title
asking-title-hint = What it is about, in one line.
asking-title-limit = 10 to 120 characters.
asking-title-length =
    { $count ->
        [one] The title has one character; 10 to 120 are taken.
       *[other] The title has { $count } characters; 10 to 120 are taken.
    }
asking-purpose = What you would like to talk about
asking-purpose-hint = Where you stand, the one thing that you want to know or decide, and what would help you.
asking-purpose-limit = 40 to 1,200 characters.
asking-purpose-length =
    { $count ->
        [one] What you would like to talk about has one character; 40 to 1,200 are taken.
       *[other] What you would like to talk about has { $count } characters; 40 to 1,200 are taken.
    }
asking-why = Why you ask { $name }
asking-why-short = Why you ask
asking-why-hint = You may leave this empty, but a line about the profile opens doors.
asking-why-limit = Up to 400 characters.
asking-why-length =
    { $count ->
        [one] Why you ask has one character; at most 400 are taken.
       *[other] Why you ask has { $count } characters; at most 400 are taken.
    }
asking-offer = What you ask for
asking-offer-asked = What is asked for
asking-offer-hint = You can always ask for more after a first talk.
asking-name = Your name, as the mentor sees it
asking-name-hint = A first name is enough. Up to 200 characters.
asking-name-length =
    { $count ->
        [0] Your name is missing; give 1 to 200 characters.
        [one] Your name has one character; 1 to 200 are taken.
       *[other] Your name has { $count } characters; 1 to 200 are taken.
    }
asking-no-contact = Leave out e-mail addresses, telephone numbers and links. After a yes, each of you gets the other’s address.
asking-contact = { $field }: “{ $found }” looks like an address, a telephone number or a link. Take it out; after a yes, each of you gets the other’s address.
asking-preview = See what is sent
asking-error = Not sent:
asking-not-sent = Nothing was sent yet. What you typed is still here.
asking-other-session = You signed in again since you opened this form. Look at it once more and send it.
asking-taken = These are the words of your request “{ $title }” to { $name }. Change what does not fit here, and say why you ask this person.

## The preview

asking-preview-heading = Is this what you want to send?
asking-preview-lead = Nothing was sent yet. This is all of it.
asking-preview-read = What { $name } will read
asking-from = Your organisation
asking-beside = What goes with it
asking-beside-1 = The time, your organisation’s signature, and a number by which { $name } can tell that several requests come from the same person. The number means nothing anywhere else.
asking-kept = What is not sent
asking-kept-1 = Your e-mail address { $name }: it stays here until the mentor says yes, and then goes to the mentor alone.
asking-kept-2 = What you searched for, whom else you asked, and everything else that is known of you here.
asking-send = Send it
asking-change = Change something

## Why not now

asking-not-now = Not now
asking-not-now-heading = { $name } cannot be asked now
asking-refused-pair = A request of yours to this mentor is open already. One at a time: look where it stands.
asking-refused-cooldown = This mentor said no to a request of yours not long ago, or wants no further one. Ask somebody else; after a no, a mentor can be asked again after 30 days.
asking-refused-capacity = You have as many requests open as you can have at a time. Wait for an answer, or take one back.
asking-refused-organisation = The organisation that lists this mentor is not shown here any more, so nothing can be sent there.
asking-refused-closed = This mentor takes no requests now.
asking-refused-gone = This mentor is not listed any more.
asking-refused-later = It could not be done just now, and nothing was sent. Try again in a minute.
asking-refused-field = Something in the form does not fit yet.

## My requests

minute = { $day }, { $time } UTC
requests = My requests
requests-nav = You
requests-waiting = What waits for your answer
requests-received = What came to you
requests-sent = What you asked
requests-none-waiting = Nothing waits for you. Your listing and your sessions are on [your own page].
requests-none-sent = You have not asked anybody yet. [Four questions help you find a mentor.]
requests-all-received = Everything that came to you
requests-all-sent = Everything that you asked
requests-older = Older ones
requests-to = to { $name }, { $organisation }
requests-from = from { $name }, { $organisation }

## One request

request-back = [My requests]
request-stands = Where it stands
request-letter = What was asked
request-asked-by = Who asks
request-asked-on = Asked on
request-purpose = What to talk about
request-why = Why this mentor
request-timeline = What happened
request-contact-name = Name
request-contact = E-mail
request-contact-next = Write to each other soon: a first time to talk, and what it is for.
request-paused = The mentor takes a pause. The request waits all the same.
request-also-open = Your other requests
request-also-open-lead = These still wait. If you need no other mentor now, take them back: it is kind to those who wait.
request-take-back = Take it back
request-others = Whom else you could ask
request-others-lead = A no is seldom about you. Your words are kept: send them on, changed as you like.
request-referred = The mentor whom you asked named this one.
request-ask-again = Ask with the same words
request-withdraw = Take the request back
request-withdraw-then = The mentor is told that you took it back, and no reason. It cannot be undone; you can ask others at once.
request-withdraw-yes = Yes, take it back
request-aside = Never offer me this mentor
request-aside-then = This mentor is not offered to you again. Nobody is told, and requests under way go on.
request-aside-is = This mentor is not offered to you. Nobody was told.
request-aside-yes = Put this mentor aside
request-aside-no = Offer this mentor again
request-state-queued = On its way
request-state-relayed = On its way
request-state-delivered = Delivered
request-state-notified = Delivered
request-state-question = Question
request-state-answered = Question answered
request-state-exploring = Short call agreed
request-state-accepted = Yes
request-state-declined = No
request-state-refused = Not taken
request-state-expired = No answer
request-state-withdrawn = Taken back
request-state-superseded = Taken back
request-state-blocked = No
request-state-undeliverable = Not delivered
request-sent-queued = On its way to { $organisation }. This node tries by itself until it is there, and waits for an answer until { $day }. You need do nothing.
request-sent-relayed = Another node keeps it for { $organisation } until their own can be reached. It waits for an answer until { $day }. You need do nothing.
request-sent-delivered = It is with { $organisation }, which tells { $name }. You hear by { $day }: an answer, or that none came.
request-sent-notified = { $name } was told. You hear by { $day }: an answer, or that none came.
request-sent-question = { $name } asked you something. Answer below; it waits until { $day }.
request-sent-answered = Your answer was sent. { $name } decides by { $day }.
request-sent-exploring = { $name } agrees to a short call. A yes or a no follows by { $day }.
request-sent-accepted = { $name } said yes. You have each other’s address now.
request-sent-declined = { $name } said no. Those below may fit.
request-sent-refused = { $organisation } did not take the request.
request-sent-expired = No answer came by { $day }. It happens, and is not about you. Those below may have more time.
request-sent-withdrawn = You took it back. { $name } was told so, without a reason.
request-sent-superseded = You took it back because somebody else said yes. { $name } was told so.
request-sent-blocked = { $name } wants no further requests from you. Please respect that.
request-sent-undeliverable = It could not be brought to { $organisation } in time. Nothing was read there.
request-received-waiting = { $name } waits for your answer until { $day }.
request-received-question = { $name } has your question, and until { $day } to answer. You can also decide without.
request-received-answered = { $name } answered you, and waits for you until { $day }.
request-received-exploring = You agreed to a short call. Say yes or no by { $day }.
request-received-accepted = You said yes. { $name } has your address; theirs is here as soon as their node is reached.
request-received-declined = You said no. { $name } was told kindly.
request-received-expired = It ended on { $day } without an answer. { $name } was told, and offered others.
request-received-withdrawn = { $name } took the request back. You need do nothing.
request-received-superseded = { $name } found another mentor and took the request back. You need do nothing.
request-received-blocked = You want no further request from { $name }. None comes to you any more.
request-received-over = This request is over. You need do nothing.
request-event-queued = { $mentee } asked { $mentor }.
request-event-relayed = Another node keeps it for { $organisation }.
request-event-delivered = It is with { $organisation }.
request-event-notified = { $mentor } was told.
request-event-question = { $mentor } asked:
request-event-answered = { $mentee } answered:
request-event-exploring = { $mentor } agreed to a short call.
request-event-accepted = { $mentor } said yes.
request-event-contact = { $mentee }’s address came.
request-event-declined = { $mentor } said no.
request-event-refused = { $organisation } did not take it.
request-event-expired = Nobody answered in time.
request-event-withdrawn = { $mentee } took it back.
request-event-superseded = { $mentee } took it back, because another mentor said yes.
request-event-blocked = { $mentor } wants no further request of { $mentee }.
request-event-undeliverable = It could not be brought to { $organisation }.
request-refusal-not_recognised = Their node does not show your organisation. Your registrar can ask theirs to change that.
request-refusal-inbox_full = As many requests wait for this mentor as may. Try again in a few days.
request-refusal-organisation_full = As many requests of your organisation wait there as may. Try again in a few days.
request-refusal-cooldown = This mentor said no to a request of yours less than 30 days ago.
request-refusal-pair_open = A request of yours to this mentor is open there.
request-refusal-not_listed = This mentor is not listed there any more.
request-refusal-not_accepting = This mentor takes no requests now.
request-refusal-no_introduction = It belongs to nothing that is known there.
request-refusal-malformed = A text holds a contact or a link, or breaks another rule of that node.
request-reason-no_capacity = The reason: no time or no place left.
request-reason-not_right_expertise = The reason: it is not what this mentor knows.
request-reason-timing = The reason: it does not fit now.
request-reason-conflict_of_interest = The reason: it would not be right to take it on.
request-reason-language_or_mode = The reason: no language or way to meet in common.
request-reason-someone_else_better = The reason: somebody else fits better.
request-reason-other = No reason was given.
request-reason-no_longer_listed = The reason: this mentor is no longer listed.
request-reason-blocked = Your registrar learns that it happened, and not what was written.
request-because-no_capacity = I have no time or place left
request-because-not_right_expertise = It is not what I know
request-because-timing = Not now
request-because-language_or_mode = We have no language or way to meet in common
request-because-someone_else_better = Somebody else would fit better
request-because-conflict_of_interest = It would not be right for me to take it on
request-because-other = Another reason

## Answering

answering = Your answer
answering-room = { $taken } of your { $places } places are taken.
answering-others =
    { $count ->
        [one] This person has another request open at your organisation.
       *[other] This person has { $count } other requests open at your organisation.
    }
answering-explore = Yes to a short call
answering-explore-then = The other side is told that you agree to a short first call. No address goes out yet; a yes or a no follows within thirty days.
answering-explore-send = Agree to a short call
answering-accept = Yes
answering-accept-then = It takes one of your places, and each of you gets the other’s address at once.
answering-accept-address = Yours is { $name }.
answering-accept-send = Say yes
answering-question = Ask something first
answering-question-then = The other side gets your question and a week more. You can ask three times.
answering-question-text = Your question
answering-question-send = Send the question
answering-decline = No
answering-decline-then = The other side is told kindly, with your reason, and offered three others. Your address is never shown.
answering-decline-send = Say no
answering-reason = Why
answering-reason-wrong = Choose one of the reasons.
answering-referral = Somebody who may fit better, if you know one
answering-referral-hint = The address of their page in this register. It goes with your no.
answering-referral-wrong = Nobody in this register has this address. Copy it from their page, or leave it empty.
answering-pause = No, and take no requests for a while
answering-pause-then = The other side is told that you have no time now. Your listing says until when, and nothing new comes before; what waits already stays.
answering-until = The day on which requests are welcome again
answering-until-hint = After today, and within a year.
answering-until-wrong = Choose a day after today and within a year.
answering-pause-send = Say no and pause
answering-block = Block this person, or report what happened
answering-block-then = No request of this person reaches you again. Their organisation learns that it happened, and nothing that was written.
answering-report = What happened, for your own registrar
answering-report-hint = You may leave it empty. Up to 1,200 characters; they never leave this node.
answering-block-send = Block
answering-unblock = Let this person ask again
answering-unblock-then = Requests of this person are taken here again, once their organisation sends them again.
answering-unblock-send = Lift the block
answering-answer = Your answer
answering-answer-text = What you answer to the question
answering-answer-send = Send the answer
answering-text = Your words
answering-text-hint = Up to 1,200 characters, without addresses, telephone numbers and links.
answering-text-length =
    { $count ->
        [0] Nothing is written yet; give 1 to 1,200 characters.
        [one] One character; 1 to 1,200 are taken.
       *[other] { $count } characters; 1 to 1,200 are taken.
    }
answering-note = A kind word
answering-note-hint = You may leave it empty. Up to 400 characters, without addresses and links.
answering-note-length =
    { $count ->
        [one] One character; at most 400 are taken.
       *[other] { $count } characters; at most 400 are taken.
    }
answering-crossed = Meanwhile this request is over, so nothing was sent. You need do nothing.
answering-changed = It was not sent: meanwhile this request stands elsewhere. Look at it below.
answering-not-listed = Your listing is not in the register any more, so nothing can be accepted for it. Ask your registrar, or say no.
answering-full = All your places are taken, so you cannot say yes now. Agree to a short call, say no, or ask your registrar for more places.
answering-typed = What you wrote:
