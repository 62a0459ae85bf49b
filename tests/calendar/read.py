"""A calendar that nobody here wrote (icalendar) reads an event from stdin, and says as JSON what it understood.

It refuses lines longer than 75 octets and lines that do not end as RFC 5545 wants, which most calendars let pass.
"""

import json
import sys

from icalendar import Calendar

data = sys.stdin.buffer.read()
lines = data.split(b"\r\n")
if lines[-1] or any(len(line) > 75 or b"\n" in line or b"\r" in line for line in lines):
    sys.exit("a line is too long, or does not end in CRLF")
calendar = Calendar.from_ical(data)
(event,) = calendar.walk("VEVENT")
attendees = event.get("attendee", [])
print(
    json.dumps(
        {
            "method": str(calendar["method"]),
            "uid": str(event["uid"]),
            "sequence": int(event["sequence"]),
            "status": str(event["status"]),
            "start": event["dtstart"].dt.timestamp() * 1000,
            "end": event["dtend"].dt.timestamp() * 1000,
            "zone": str(event["dtstart"].dt.tzname()),
            "stamp": event["dtstamp"].dt.timestamp() * 1000,
            "summary": str(event["summary"]),
            "organiser": str(event["organizer"]),
            "attendees": sorted(str(one) for one in (attendees if isinstance(attendees, list) else [attendees])),
            "errors": [str(error) for error in event.errors],
        }
    )
)
