### Times that suit, and calendars.
