"""Sections 2 and 3 of docs/PROTOCOL.md: the one form of CBOR, types and tables (from tables.txt), signed envelopes."""
import calendar, hashlib, pathlib, re
import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

PRIME, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
EIGHTH = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826  # y of a point of order eight

sha = lambda data: hashlib.sha256(data).digest()

class Wrong(Exception):
    """Why something is refused, by the name that the vectors give it."""

def need(holds, fault):
    if not holds:
        raise Wrong(fault)

def encoded(it):
    """Writes the deterministic form. What cbor2 calls canonical puts shorter keys first, as RFC 8949 does not."""
    if type(it) not in (list, dict):
        return cbor2.dumps(it)
    head = bytearray(cbor2.dumps(len(it)))
    head[0] |= 0x80 if type(it) is list else 0xA0
    inner = map(encoded, it) if type(it) is list else sorted(encoded(key) + encoded(it[key]) for key in it)
    return bytes(head) + b"".join(inner)

def end_of(data, at=0, depth=0):
    """Where the item ends that begins at `at`, which must be in the deterministic form."""
    need(depth <= 16, "payload.too_deep")
    need(at < len(data), "payload.truncated")
    major, count, at = data[at] >> 5, data[at] & 31, at + 1
    need(major < 6 or major == 7 and count in (20, 21, 22), "payload.unsupported")
    if major == 7:
        return at
    if count > 23:
        size = 1 << count - 24
        need(count < 28, "payload.not_shortest")
        need(at + size <= len(data), "payload.truncated")
        count, at = int.from_bytes(data[at:at + size], "big"), at + size
        need(count >= (24 if size == 1 else 1 << 4 * size), "payload.not_shortest")
    if major in (2, 3):
        need(at + count <= len(data), "payload.truncated")
        text = data[at:at + count]
        need(major == 2 or text.decode(errors="ignore").encode() == text, "payload.not_utf8")
        return at + count
    last = b""
    for _ in range(count if major in (4, 5) else 0):
        began, at = at, end_of(data, at, depth + 1)
        if major == 5:
            need(data[began:at] > last, "payload.key_order")
            last, at = data[began:at], end_of(data, at, depth + 1)
    return at

def decoded(data):
    """Reads the deterministic form and nothing else."""
    need(end_of(data) == len(data), "payload.trailing")
    it = cbor2.loads(data)
    # Python takes the keys 0 and false, or 1 and true, for one.
    need(type(it) is not dict or len(it) == data[0] & 31, "payload.shape")
    return it

lines = re.sub(r"#.*\n", "", pathlib.Path(__file__).with_name("tables.txt").read_text()).replace("\n ", " ").splitlines()
TABLES = {words[0]: words[1:] for words in map(str.split, lines)}
PYTHON = {"number": int, "word": int, "bytes": bytes, "flag": bool, "map": dict}
SIGN = r"[^\0-{}\x7f-\x9f\u202a-\u202e\u2066-\u2069]"
TEXTS = {
    "text": "(?! )" + SIGN.format(r"\x1f") + "{{{},{}}}(?<! )",
    "lines": "(?! )" + SIGN.format(r"\x09\x0b-\x1f") + "{{{},{}}}(?<! )",
    "kind": "[a-z_]{{1,32}}", "network": "[a-z0-9-]{{1,32}}", "address": "/[!-~]{{0,255}}", "country": "[A-Z]{{2}}",
    "tag": "[A-Za-z]{{2}}[A-Za-z0-9-]{{0,33}}", "date": "[0-9]{{4}}-(?:0[1-9]|1[012])-[0-9]{{2}}",
    "https": "(?=.{{1,2000}}$)https://[!-~]+",
    "email": "(?=.{{3,254}}$)(?!@)" + SIGN.format(" ") + "+?@" + SIGN.format(" ") + "+",
    "complaints": "(?=.{{1,2000}}$)(?:https://[!-~]+|mailto:" + SIGN.format(r"\x1f") + "*(?<! ))"}

def fits(kind, it, low, high):
    """Whether a value of the right type of Python's is within the bounds."""
    if kind in ("flag", "map"):
        return True
    if kind in ("number", "word", "bytes"):
        return low <= (len(it) if kind == "bytes" else it) <= high
    if not re.fullmatch(TEXTS[kind].format(low, high), it) or kind == "email" and len(it.encode()) > 254:
        return False
    return kind != "date" or 0 < int(it[8:]) <= calendar.monthrange(int(it[:4]) or 4, int(it[5:7]))[1]

def read(kind, it, name="body"):
    """What a value says, by name, if it is of the kind: a table of tables.txt, a list of something (*), or a type."""
    kind, many, bounds = kind.partition("*")
    if many:
        low, high = map(int, bounds.rstrip("!").split("-"))
        need(type(it) is list, "payload.shape")
        twice = bounds[-1] == "!" and any(each in it[:place] for place, each in enumerate(it))
        need(low <= len(it) <= high and not twice, f"invalid.{name}")
        return [read(kind, each, name) for each in it]
    if kind in TABLES:
        return read_table(kind, TABLES[kind], it)
    kind, _, bounds = {"id": "bytes:32", "time": "number"}.get(kind, kind).partition(":")
    low, high = map(int, (bounds.split("-") * 2)[:2]) if bounds else (0, 2**64 - 1)
    need(type(it) is PYTHON.get(kind, str) and kind != "nothing", "payload.shape")
    need(fits(kind, it, low, high), "payload.shape" if kind in ("word", "date", "kind") else f"invalid.{name}")
    return it

def read_table(kind, words, it):
    label, fields = None, list(zip(words[::2], words[1::2]))
    if kind[0] == "<":
        need(type(it) is list and len(it) == 2 and it[0] in range(len(words)), "payload.shape")
        label, _, inner = words[it[0]][:-1].partition("(")
        named = [(each if "=" in each else f"{label}={each}").split("=") for each in inner.split(",") if each]
        fields, it = [(name + "?" * item.endswith("?"), item.rstrip("?")) for name, item in named], it[1]
    if kind[0] in "<[":
        need(type(it) is list and it[-1:] != [None], "payload.shape")
        it = {place: each for place, each in enumerate(it) if each is not None}
    need(type(it) is dict and set(it) <= set(range(len(fields))), "payload.shape")
    need(all(key in it or name[-1] == "?" for key, (name, _) in enumerate(fields)), "payload.shape")
    said = {name.rstrip("?"): read(item, it[key], name.rstrip("?")) for key, (name, item) in enumerate(fields) if key in it}
    return (label, said) if label else said

def parted(envelope):
    """Section 3: protected header, kid, payload and signature of these bytes and no others."""
    need(len(envelope) <= 16384, "too_large")
    form = re.fullmatch(rb"\xd2\x84\x4d(\xa2\x01\x27\x04\x48(.{8}))\xa0(.+)\x58\x40(.{64})", envelope, re.S)
    payload = [form[3][size:] for size in (1, 2, 3) if encoded(form[3][size:]) == form[3]] if form else []
    need(payload, "not_canonical")
    return form[1], form[2], payload[0], form[4]

def exact(kind, data):
    """What bytes say that are of the kind, and are what its schema would write."""
    it = decoded(data)
    said = read(kind, it)
    need(encoded(it) == data, "payload.not_exact")
    return said

def strict(key, signature, message):
    for point in (key, signature[:32]):
        if int.from_bytes(point, "little") % 2**255 % PRIME in (0, 1, PRIME - 1, EIGHTH, PRIME - EIGHTH):
            return False
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return int.from_bytes(signature[32:], "little") < ORDER

def signer(keys, envelope, kind, network="main"):
    protected, kid, payload, signature = parted(envelope)
    message = encoded(["Signature1", protected, f"mentormesh/1/{network}/{kind}".encode(), payload])
    signers = [key for key in keys if sha(key)[:8] == kid and strict(key, signature, message)]
    need(signers, "bad_signature")
    return signers[0]

def sign(secret, kind, payload, network="main"):
    key = Ed25519PrivateKey.from_private_bytes(secret)
    protected = encoded({1: -8, 4: sha(key.public_key().public_bytes_raw())[:8]})
    message = encoded(["Signature1", protected, f"mentormesh/1/{network}/{kind}".encode(), encoded(payload)])
    return b"\xd2" + encoded([protected, {}, encoded(payload), key.sign(message)])
