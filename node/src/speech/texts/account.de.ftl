### Signing in, one's own page, and links from mail.
