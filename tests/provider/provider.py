"""A provider of OpenID Connect that nobody here wrote, on a port of its own.

Usage: provider.py FOLDER. It listens on localhost, on a free port, and writes its address into FOLDER/address when it is
ready. It ends when its standard input does.
"""

import os
import sys

# It is spoken to on this machine alone, in clear.
os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"

import oidc_provider_mock  # noqa: E402

folder = sys.argv[1]
with oidc_provider_mock.run_server_in_thread(require_nonce=True) as server:
    draft = os.path.join(folder, "draft")
    with open(draft, "w", encoding="ascii") as file:
        file.write(f"http://localhost:{server.server_port}")
    os.rename(draft, os.path.join(folder, "address"))
    sys.stdin.read()
