# The pages in English. What stands in { … } is put in by the node; [ and ] enclose the words of a link.

## Every page

register = Mentor register
of-organisation = of { $name }
skip = Skip to the content
about-this-register = About this register
search = Search
about = About
sign-in-or-out = Sign in or out
privacy = Privacy
complaints = Complaints
own-disk = Answered from this node’s own disk. Your words went nowhere else.
switch = Language
decimal-sign = .
day = { $day } { $month } { $year }
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December

## The first page

find = Find a mentor
ask = What would you like to work on?
ask-hint = A skill, a profession, a question: “social media for PR”, “returning to work”.
ask-button = Search
unsure = Not sure what to type? [Four questions help], and you may skip each.
everybody = [Look at everybody]
start-counted =
    { $count ->
        [one] One mentor is listed here so far.
       *[other] { $count } mentors are listed here.
    }
start-what = What mentoring is
start-what-1 = Mentoring is a conversation between somebody who has been where you want to go and you. A mentor listens, asks, shares experience and sometimes opens a door. You decide what to do with it.
start-what-2 = It is not training, therapy or a job offer, and nobody has to be perfect: most people can be a mentor for something and need one for something else.
start-kinds = Kinds of mentoring
kind-intro_15 = A first talk to see whether you fit. It binds nobody and is the best way to begin.
kind-micro = One question or decision, settled in a few meetings.
kind-standard = A relationship with an aim, usually a meeting a month.
kind-open_ended = As long as both find it useful.
kind-peer = Two people at the same stage help one another in turn.
kind-reverse = Somebody with less seniority mentors somebody with more.
kind-group = One mentor and a few people with the same question.
start-steps = How it goes
step-1 = Search for what you want to work on, or let four questions find the words.
step-2 = Read a profile or two. Each result says why it was found; the decision is yours.
step-3 = Ask for 15 minutes: a clear title, one limited request, and why you ask this person. You can have five requests open at a time.
step-4 = You always get an answer. Contact details are exchanged only when both say yes.
step-5 = Meet, agree what it is for and how often you talk, and look back after a while: is this still useful?
step-6 = Stop whenever it does not fit. Nobody needs a reason, and nobody is at fault.
start-whom = Whom to ask
start-whom-asked = { $name } runs this register. Its registrar helps with requests, profiles and anything that went wrong.
start-whom-more = These pages say whose mentors you find here, what happens with what people say about themselves, and where to turn when something is wrong:

## What do you need?

need = What do you need?
need-lead = Four questions, about three minutes. Answer what you like and leave out the rest: every answer makes the search a little better, and none is needed.
need-private = Your answers stay in the address of your own search. This node does not keep them and sends them nowhere.
need-why = Why do you look for a mentor?
need-context = Where do you stand?
need-context-hint = Your field, your work, what is changing: “nurse, first time leading a team”.
need-context-label = Your situation in a few words
need-look = What do you look for?
need-look-words = What you want to work on
need-look-kind = How you would like to work together
need-look-language = A language you want to speak
need-look-any = any language
need-look-free = Only mentors who have a place free
need-bring = What do you bring?
need-bring-hint = A mentor wants to know whom they will meet: what you can do, what you have tried, when you have time. This is not searched. It is kept beside your results, ready for your first message.
need-bring-label = What you bring, in a few sentences
need-button = Find mentors
need-skip = [Skip the questions] and look at everybody.
told = What you told us
told-change = [Change your answers]
help-career_development = My career
help-sector_knowledge = Getting to know a field
help-organisational_politics = Understanding how an organisation works
help-skills = A skill
help-confidence = Confidence
help-managing_change = A change that I have to manage
help-returning_to_work = Returning to work
help-chartership_or_accreditation = A qualification or accreditation
help-leadership = Leading people
help-entrepreneurship = Starting something of my own

## Results

refused = That search could not be run
again = [Start again]
found =
    { $count ->
        [0] Nobody found
        [one] { $count } mentor
       *[other] { $count } mentors
    }
found-range = { $first } to { $last }
narrow = Narrow the results
filters-set = Filters that are set
filter-remove = – remove this filter
filter-remove-all = Remove all
filter-skill = Knows about
filter-offer = Offers
filter-language = Speaks
filter-country = Lives in
filter-organisation = Listed by
filter-available = Free places
filter-trainee = Trainees
trainee-true = says they are a trainee
trainee-false = does not say so
available-true = has a place free
available-false = has none now
none-yet = No mentor is listed here yet. They appear as soon as { $name } publishes its first, or trusts an organisation that has some.
nobody = No mentor fits all of this. What often helps:
nobody-filters = [Search again without the filters]
nobody-words = Use fewer words, or more general ones: “writing” rather than “annual report drafting”.
nobody-everybody = [Look at everybody], best ready first.
nobody-hidden = Mentors of other organisations are known but not shown here; see below.
listed-by = Listed by { $name }
why = Why this mentor: { $points } of 100 points
why-words = “{ $words }” found in { $places }
why-words-read = “{ $words }”, read as “{ $reading }”, found in { $places }
why-words-alike = “{ $words }”, read as “{ $reading }” or the like, found in { $places }
why-together = { $words } close together
why-skills = knows about { $skills }
why-language = speaks { $language } ({ $fluency })
why-country = is in { $place }
why-offers = offers: { $offers }
why-readiness = { $said }
why-practice = { $said }
quoted = “{ $words }”
place-skills = skills
place-headline = headline
place-name = name
place-helps_with = what they help with
place-tags = tags
place-summary = summary
place-sectors = sectors
place-bio = the longer text
place-fit = whom they can help
place-programme = programme
place-employer = employer
place-region = region
results-more = More results
results-earlier = Earlier results
hidden = Known, but not shown here
hidden-lead = These organisations are on the network. Their mentors appear here once the registrar trusts them.
hidden-mentors =
    { $count ->
        [one] { $count } mentor
       *[other] { $count } mentors
    }
hidden-next = To show them:
count-unit = mentors
back-to-top = [Back to the top]

## A mentor

back-to-search = [Search]
profile-about = About
profile-skills = Knows about
profile-fit = Whom I can help, and whom not
profile-more = More
profile-links = Elsewhere
profile-short = In short
list-offers = Offers
list-helps = Helps with
list-brings = Brings
list-languages = Languages
list-access = Access support
list-tags = Tags
fact-employer = Employer
fact-sectors = Sectors
fact-meets = Meets
fact-zone = Time zone
fact-scope = Looks for
fact-style = Works by
fact-answers = Answers
fact-ethics = Ethics
fact-assured = Looked over
years =
    { $count ->
        [one] { $count } year
       *[other] { $count } years
    }
ethics-accepted = says they accepted { $code } on { $day }
assured-by = { $day }, by { $role }
from-where = Where this comes from
from-where-signed = { $name } signed this profile on { $issued }. It disappears on { $expires } unless they renew it. What the mentor says of themselves is theirs; the signature shows who lists them.
from-where-profile = Profile
from-where-record = Record
from-where-download = Download the signed record
from-where-check = Anybody can check it with this command:

## Words of the profile

offer-intro_15 = A 15-minute conversation
offer-micro = One to three meetings
offer-standard = Three to twelve months
offer-open_ended = Open-ended
offer-peer = Peer mentoring
offer-reverse = Reverse mentoring
offer-group = A group
offer-minutes =
    { $count ->
        [one] { $count } minute each
       *[other] { $count } minutes each
    }
offer-monthly = { $count } a month
offer-most =
    { $count ->
        [one] { $count } person
       *[other] up to { $count } people
    }
fee-free = free of charge
fee-expenses = expenses only
fee-paid = for a fee
fee-sliding = fee by means
helps-career_development = Career development
helps-sector_knowledge = Sector knowledge
helps-organisational_politics = Organisational politics
helps-skills = Skills
helps-confidence = Confidence
helps-managing_change = Managing change
helps-returning_to_work = Returning to work
helps-chartership_or_accreditation = Chartership or accreditation
helps-leadership = Leadership
helps-entrepreneurship = Entrepreneurship
access-captions = Captions
access-sign_language = Sign language
access-step_free = Step-free
access-easy_read = Easy read
access-low_bandwidth = Low bandwidth
access-camera_off_ok = Camera may stay off
spoken = { $language } ({ $fluency })
fluency-native = native
fluency-fluent = fluent
fluency-working = working
level-beginner = beginnings
level-average = well
level-expert = thoroughly
mode-video = by video
mode-phone = by telephone
mode-in_person = in person
mode-text = in writing
scope-local = mentees nearby
scope-regional = mentees in the region
scope-national = mentees in the country
scope-international = mentees anywhere
style-listening = listening
style-challenging = challenging
style-sponsoring = opening doors
style-teaching = teaching
style-coaching = coaching
style-sharing_experience = sharing experience
knowing-why = knowing why: purpose and direction
knowing-how = knowing how: skills and practice
knowing-whom = knowing whom: people and networks
answers-new = too few requests so far to say how soon
answers-3d = usually answers within 3 days
answers-7d = usually answers within a week
answers-14d = usually answers within two weeks
answers-slow = usually takes longer than two weeks to answer
availability-accepting =
    { $count ->
        [0] Welcomes requests, no place free now
        [one] Welcomes requests, { $count } place free
       *[other] Welcomes requests, { $count } places free
    }
availability-waitlist = Keeps a waiting list
availability-paused = Takes no requests for now
availability-closed = Takes no requests
availability-from = from { $day }
availability-until = until { $day }
practice-qualified = says: qualified mentor
practice-experienced = says: experienced, without an award
practice-trainee = says: trainee mentor
practice-trainee-on = says: trainee mentor on { $programme }
practice-award = working towards { $award }
practice-until = until { $day }
practice-supervised = supervised
practice-unsupervised = not supervised
practice-hours = { $hours } hours practised
hours-0 = under 10
hours-10 = 10 to 25
hours-25 = 25 to 50
hours-50 = 50 to 100
hours-100 = 100 to 250
hours-250 = 250 or more

## About

about-what = This is a register of mentors without a centre. Professional bodies, employers and accreditation programmes each run a node of their own. Each lists its own mentors, signs what it says about them, and keeps a full copy of what the others it trusts have signed.
about-who = Who runs this node
about-who-runs = { $name } runs it and answers for the mentors it lists. Its short name on the network:
website = Its website:
about-whose = Whose mentors you find here
about-listed =
    { $count ->
        [one] { $count } mentor, listed by:
       *[other] { $count } mentors, listed by:
    }
about-search = How a search works
about-search-1 = Your words are looked up on this node’s own disk and go nowhere else. Every mentor found comes with the reasons: which words matched where, which filters fit, whether a place is free. The points only put a list in order; you decide.
about-search-2 = What begins with “says” is what a mentor says about themselves. It has not been checked by anybody.
about-search-3 = A listing that its organisation does not renew disappears within five weeks by itself.

## Privacy

privacy-own = The organisation’s own privacy notice:
privacy-own-more = What follows says in plain words what this node does.
privacy-ours = This is the notice of { $name } for its mentor register.
privacy-search = If you search
privacy-search-1 = What you type is answered from this node’s own disk. It is not sent to other organisations, not kept, and not used to build a picture of you. These pages run no scripts and load nothing from elsewhere. If you choose a language, a cookie keeps that one word and nothing about you. While you are signed in, a second cookie tells this node, and nobody else, that it is you.
privacy-listed = If you are listed as a mentor
privacy-listed-1 = Your organisation publishes what you agreed to show: your name, what you know and offer, your languages, your country and region, and whether you have time. It never publishes your e-mail address, telephone number, postal address, birth date, or your consent form. Those stay with the organisation that lists you.
privacy-listed-2 = A published profile is copied to the nodes of the organisations that take part, possibly in other countries, so that each can search without asking anybody. It is not shown on the open web unless you agreed to that separately.
privacy-rights = Your rights
privacy-see = See it:
privacy-see-how = your profile page shows everything that is public.
privacy-correct = Correct it:
privacy-correct-how = ask the organisation that lists you. The new version replaces the old one everywhere.
privacy-leave = Leave:
privacy-leave-how = ask it to withdraw or erase your profile. Connected nodes take it out of search within seconds. A node that is switched off catches up when it returns, and any copy expires within five weeks.
privacy-complain = Complain:
privacy-complain-how = the [complaints page] says where.

## Complaints

complaints-lead = Something here is wrong, harmful, or about you without your consent? Say so.
complaints-mentor = About a mentor or a profile
complaints-mentor-1 = Each profile names the organisation that lists the mentor. That organisation can correct, withdraw or erase it, and is the first to ask.
complaints-register = About this register
complaints-write = Write to { $name }:
complaints-turn = Turn to { $name }, whose node this is, and ask for its registrar.
complaints-then = What happens then
complaints-then-1 = The registrar can take a profile of their own organisation off the network at once, and can stop showing everything of another organisation here. You may also complain to the data protection authority of your country.
