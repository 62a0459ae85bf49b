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
