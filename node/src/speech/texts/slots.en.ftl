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
