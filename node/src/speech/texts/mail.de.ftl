### What mails say.
