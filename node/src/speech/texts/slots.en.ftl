### Times that suit, and calendars.

slots-time = { $weekday }, { $day }, { $time } ({ $zone })
slots-both = { $own }, { $minutes }; for them { $other }
slots-one = { $time }, { $minutes }
slots-minutes =
    { $count ->
        [one] { $count } minute
       *[other] { $count } minutes
    }
slots-offered = When they could meet
slots-agreed = When you meet
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
slots-legend = Times that suit you, if you like
slots-hint = Up to six times for a first call, by your own clock. The mentor sees each by theirs too, if their listing names a time zone, and can take one with a yes.
slots-zone = Your time zone
slots-zone-none = Choose one
slots-start = Time { $count }
slots-length = How long
slots-choose = Which time suits you?
slots-choose-none = None of these; we agree by mail
slots-file = Put it into your calendar
slots-wrong-zone = Choose your time zone, so that the times are read by the right clock.
slots-wrong-unread = Give the time as a date and an hour.
slots-wrong-skipped = Clocks go forward then and skip this time. Take { $early } or { $late }.
slots-wrong-twice = Clocks go back then and show this time twice. Take another one.
slots-wrong-past = This time has passed. Take a later one.
slots-wrong-far = This is too far away. Take a time until { $day }.
slots-wrong-repeated = This time is there twice. Take one out.
slots-wrong-choice = Choose one of the times that are still to come, or none.
