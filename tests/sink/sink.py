"""A mail server that delivers to files: what a node sends, as a program that nobody here wrote takes it.

Usage: sink.py FOLDER PORT [CERTIFICATE KEY]. It listens on 127.0.0.1, on PORT or a free one for 0, and writes the port
into FOLDER/port when it is ready. Each mail becomes FOLDER/NUMBER.json. Addresses that begin with `later` are put off
once (451), those that begin with `never` are refused (550). With a certificate nothing is taken before STARTTLS.
"""

import email
import email.policy
import json
import os
import ssl
import sys
import time

from aiosmtpd.controller import Controller


class ToFiles:
    def __init__(self, folder):
        self.folder = folder
        self.put_off = set()
        self.number = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("never"):
            return "550 5.1.1 nobody of that name"
        if address.startswith("later") and address not in self.put_off:
            self.put_off.add(address)
            return "451 4.7.1 come again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        parts = {part.get_content_type(): part.get_content() for part in message.walk() if not part.is_multipart()}
        mail = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "tls": session.ssl is not None,
            "type": message.get_content_type(),
            "defects": [str(defect) for part in message.walk() for defect in part.defects],
            "headers": {name.lower(): str(value) for name, value in message.items()},
            "parts": parts,
            "media": [str(part["content-type"]) for part in message.walk()],
        }
        self.number += 1
        draft = os.path.join(self.folder, "draft")
        with open(draft, "w", encoding="utf-8") as file:
            json.dump(mail, file)
        os.rename(draft, os.path.join(self.folder, f"{self.number}.json"))
        return "250 OK"


def main():
    folder, port = sys.argv[1], int(sys.argv[2])
    options = {}
    if len(sys.argv) > 3:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(sys.argv[3], sys.argv[4])
        options = {"tls_context": context, "require_starttls": True}
    controller = Controller(ToFiles(folder), hostname="127.0.0.1", port=port, **options)
    if port == 0:
        # The controller asks itself whether it runs, at the port it was told: it is told a free one.
        import socket

        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            controller.port = free.getsockname()[1]
    controller.start()
    draft = os.path.join(folder, "port.draft")
    with open(draft, "w", encoding="utf-8") as file:
        file.write(str(controller.port))
    os.rename(draft, os.path.join(folder, "port"))
    # Whoever started it ends it; an orphan ends by itself.
    parent = os.getppid()
    for _ in range(600):
        time.sleep(1)
        if os.getppid() != parent:
            break
    controller.stop()


main()
