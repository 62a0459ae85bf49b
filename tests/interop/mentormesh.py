"""Mentormesh a second time, from docs/PROTOCOL.md alone: its tables are in page.json, what is built in samples.txt.

vectors FOLDER             judges every golden vector: the good must pass, the bad must fail for the fault they name
verify FILE CHAIN          checks an exported record against the operations of its organisation
build FOLDER PROFILE CARD  signs a record of each kind, and a letter to that mentor, sealed to the key on CARD"""
import ast, base64, contextlib, hashlib, json, pathlib, re, string, sys, time
import cbor2
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hpke  # an aad is taken by its inner functions alone
from cryptography.hazmat.primitives.asymmetric import ed25519, x25519

HERE, MINUTE, DAY = pathlib.Path(__file__).parent, 60_000, 86_400_000
TYPES, KINDS, TABLES, SMALL_ORDER = list(json.loads((HERE / "page.json").read_text()).values())[1:]
FORM = re.compile(rb"\xd2\x84\x4d(\xa2\x01\x27\x04\x48(.{8}))\xa0([@-W]|X.|Y..)(.*)\x58\x40(.{64})", re.DOTALL)
SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)
HPKE, LETTER, NODE = hpke.rust_openssl.hpke, b"mentormesh/1/main/letter", b"mentormesh/1/main/node\0"
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
sha = lambda data: hashlib.sha256(data).digest()
unbase32 = lambda text: base64.b32decode(text.upper() + "=" * (-len(text) % 8))
key_of = lambda did: sum(BASE58.index(c) * 58**at for at, c in enumerate(reversed(did[9:]))).to_bytes(34, "big")[2:]
TEXTS = dict(organisation=unbase32, record_id=unbase32, signer=key_of, about=bytes.fromhex, slot=bytes.fromhex)
encoded = lambda it: cbor2.dumps(it, canonical=True)
to_sign = lambda kind, protected, said: encoded(["Signature1", protected, f"mentormesh/1/main/{kind}".encode(), said])
need = lambda holds, fault: holds or sys.exit(fault)

def plain(it):  # whether a value is made of nothing but what section 2 allows
    inner = [*it, *it.values()] if type(it) is dict else it if type(it) is list else []
    known = type(it) in (int, bytes, str, list, dict, bool, type(None)) and encoded(it)[0] >> 5 != 6  # which is a tag
    return known and all(map(plain, inner))
def decoded(data):  # what bytes say that are in the one form of CBOR, which shows when they are written again
    with contextlib.suppress(cbor2.CBORError):
        it = cbor2.loads(data, max_depth=16)
        if plain(it) and encoded(it) == data:
            return it
    sys.exit("payload")

def read(kind, it, name="body"):  # what a value says, by name, if it is as page.json has it: a table, a list or a type
    table = TABLES.get(kind)
    if table is not None and kind[0] == "[":
        need(type(it) is list and it[-1:] != [None], "payload")
        it = {place: each for place, each in enumerate(it) if each is not None}
    if table is not None:
        need(type(it) is dict and all(type(key) is int and 0 <= key < len(table) for key in it), "payload")
        names, kinds = [name.rstrip("?!") for name in table], [kind.format(it.get(0)) for kind in table.values()]
        for key, name in enumerate(table):
            need(key in it or name[-1] == "?", f"invalid.{names[key]}" if name[-1] == "!" else "payload")
        return {names[key]: read(kinds[key], it[key], names[key]) for key in it}
    inner, mark, bounds = kind.partition("*" if "*" in kind else ":")
    rule = TYPES["list" if mark == "*" else inner]
    need(type(it).__name__ == rule["is"], "payload")
    least, _, most = (bounds or rule["size"]).rstrip("!").partition("-")
    size = it if type(it) in (int, bool) else len(it.encode() if "counts" in rule else it)
    form = re.fullmatch(rule.get("form", ".*"), it.hex() if type(it) is bytes else str(it), re.ASCII | re.DOTALL)
    alike = bounds.endswith("!") and len(set(map(encoded, it))) < len(it)
    need(int(least) <= size <= int(most or least) and form and not alike, rule.get("fault", f"invalid.{name}"))
    return [read(inner, each, name) for each in it] if mark == "*" else it

def opened(envelope):  # section 3: the payload of an envelope, whoever signed it
    need(len(envelope) <= 16384, "too_large")
    form = FORM.fullmatch(envelope)
    need(form and cbor2.dumps(form[4]) == form[3] + form[4], "not_canonical")
    return decoded(form[4])

def strict(key, signature, message):  # the library sees to S and the equation; no point may be of small order
    with contextlib.suppress(InvalidSignature, ValueError):
        ed25519.Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
        return not any(int.from_bytes(point, "little") % 2**255 in SMALL_ORDER for point in (key, signature[:32]))

def signer(keys, kind, envelope):  # which of the keys signed an envelope of the kind
    protected, kid, _, payload, signature = FORM.fullmatch(envelope).groups()
    message = to_sign(kind, protected, payload)
    return need([key for key in keys if sha(key)[:8] == kid and strict(key, signature, message)], "bad_signature")[0]
def sign(secret, kind, said):
    protected = encoded({1: -8, 4: sha(secret.public_key().public_bytes_raw())[:8]})
    return b"\xd2" + encoded([protected, {}, encoded(said), secret.sign(to_sign(kind, protected, encoded(said)))])

def record(envelope):  # sections 4 and 5, but of rules between fields only what a bad vector breaks
    it = read("map", opened(envelope))
    begins, ends, table = it.get(1) == "operation", it.get(1) == "withdrawal", f"{it.get(1)} header"
    is_read = begins or ends or table in TABLES and it.get(2) == 1
    head = read(table if is_read else "header", it) | {"body_is_read": is_read, "record_id": sha(envelope)}
    body = head["body"] if is_read else {}
    head |= {"body": body, "erases": body.get("erase", False)}
    if begins:
        need(("organisation" in head) == ("prev" in body), "invalid.organisation")
        return {"organisation": sha(envelope), "about": b"", "expires_at": None, "slot": None, **head}
    named = head["about"] if ends else head["kind"].encode() + b"\0" + head["about"]
    word = re.fullmatch(rb"(?!operation\0|withdrawal\0)([a-z_]{1,32})\0.*", named, re.DOTALL)
    least, most, ended, erasable = KINDS.get(need(word, "invalid.about")[1].decode(), KINDS["any other"])
    days = (head["expires_at"] - head["sequence"]) / DAY
    need(len(named) <= 128 and not (is_read and head["about"] == head["organisation"]), "invalid.about")
    need(days == ended if ends else least <= days <= most, "invalid.expires_at")
    need(erasable or not head["erases"], "invalid.erase")
    return head | {"slot": sha(head["organisation"] + named)}

def admit(chains, envelope, clock):  # sections 6 and 7; where the operations of an organisation part it gives up
    head = record(envelope)
    kind, body, own, at = head["kind"], head["body"], head["organisation"], head["sequence"]
    chain, prev = chains.setdefault(own, {}), body.get("prev")
    if kind == "operation":
        need(prev in [None, *chain], "orphan")
        head["signer"] = signer(chain.get(prev, body)["rotation_keys"], kind, envelope)
        need(head["record_id"] in chain or prev == [None, *chain][-1], "disputed")
        return chain.setdefault(head["record_id"], body) and head
    keys = [*need(chain, "unknown_organisation").values()][-1]["signing_keys"]
    keys = [key for key in keys if key["from"] <= at < key.get("retired_at", 2**64) and not key["compromised"]]
    head["signer"] = signer([key["key"] for key in keys], kind, envelope)
    need("node_signature" not in body or strict(head["about"][6:], body["node_signature"], NODE + own), "not_agreed")
    ahead = max(at, head["issued_at"]) - clock
    need(ahead <= 10 * MINUTE, "parked" if ahead <= 60 * MINUTE else "future")
    return need(clock < head["expires_at"], "expired") and head

def letter(envelope, keys):  # section 13: whom a letter is for, and its last moment
    need(len(FORM.sub(rb"\4", envelope)) <= 12288, "invalid.letter")
    said = read("letter", opened(envelope))
    (what, fields), issued, ends = said["body"].values(), said["issued_at"], said["expires_at"]
    need((said["step"] == 1) == (what == 0) == ("previous" not in said) and said["step"] > 0, "invalid.step")
    need(ends <= issued + 84 * DAY if what else ends == issued + 14 * DAY, "invalid.expires_at")
    need(what or fields["request"]["profile"]["organisation"] == said["recipient"], "invalid.profile")
    starts = [slot["start"] for slot in fields.get("request", {}).get("slots", [])]
    need(not starts or "time_zone" in fields["request"], "invalid.time_zone")
    need(all(issued < at <= ends + 42 * DAY and at % MINUTE == 0 for at in starts), "invalid.slots")
    signer(keys.get(said["sender"], []), "letter", envelope)
    last = max(ends, issued if what in (6, 7) else 0) + 14 * DAY if what else ends
    return said["recipient"], -(-last // DAY) * DAY
def unsealed(envelope, secrets, keys):  # section 13: the same of the letter in a sealed envelope
    need(len(envelope) <= 17408, "invalid.envelope")
    header, sealed = read("sealed", decoded(envelope)).values()
    need(header["expires_at"] % DAY == 0, "invalid.expires_at")
    secret = x25519.X25519PrivateKey.from_private_bytes(secrets[header["recipient"]])
    text = HPKE._decrypt_with_aad(SUITE, sealed, secret, LETTER, encoded(dict(enumerate(header.values()))))
    signed = need(re.fullmatch(rb"(.*)\x80\0*", text, re.DOTALL), "padding")[1]
    return need((it := letter(signed, keys)) == (header["recipient"], header["expires_at"]) and it, "not_its_envelope")

def judge(vector, file, chains):  # one golden vector; what the file says beside it must be what its bytes say
    what, data = vector.get("what", "record"), vector.get("bytes", vector.get("envelope"))
    data = unbase32(data[4:]) if what == "ticket" else bytes.fromhex(data)
    keys = {unbase32(it["organisation"]): [key_of(it["key"])] for it in file.get("signers", []) if it["who"] != "node"}
    secrets = {unbase32(each["organisation"]): bytes.fromhex(each["secret"]) for each in file.get("sealing", [])}
    if what == "record":
        head, says = admit(chains, data, file["now"]), vector.get("says", {})
        says = {name: it if it is None or name not in TEXTS else TEXTS[name](it) for name, it in says.items()}
        need(says.items() <= head.items(), "says")
    elif what in ("letter", "envelope"):
        _, last = letter(data, keys) if what == "letter" else unsealed(data, secrets, keys)
        need((sha(data), last) == (unbase32(vector["id"]), vector.get("arrives_by", last)), "says")
    elif what in ("head", "receipt", "duty"):
        signer([(said := read(what, opened(data)))["node"][6:]], what, data)
        need({"subject", "name"} & {*said.get("body", {}).get("fields", {}).get("asked", ["name"])}, "invalid.name")
    elif what == "batch":
        ids = [sha(each) for each in read("batch", decoded(data))["envelopes"]]
        need(ids == sorted(set(ids)), "order")
    elif what == "ticket":
        need(read("ticket", decoded(data[:-4])) and data[-4:] == sha(data[:-4])[:4], "checksum")
    else:
        read(("[courier_" if secrets else "[sync_") + what, decoded(data))

def vectors(folder):
    results = {}
    for name in ("records", "bad", "messages", "letters"):
        file, chains = json.loads(pathlib.Path(folder, f"{name}.json").read_text()), {}
        [admit(chains, bytes.fromhex(operation), file["now"]) for operation in file.get("operations", [])]
        for vector in file["vectors"]:
            told = re.sub(r"^payload\..*", "payload", vector.get("fate", "taken").replace("admitted", "taken"))
            try:
                found = judge(vector, file, chains) or "taken"
            except (SystemExit, InvalidTag) as fault:
                found = str(fault) or "no_key"
            results[f"{name}.json, {vector['name']}: {found} in place of {told}"] = found == told
    wrong = [result for result in results if not results[result]]
    print(f"{len(results)} vectors, {len(wrong)} judged otherwise", *wrong, sep="\n")
    sys.exit(len(wrong) > 0)

def verify(file, chain):
    rest, chains, at = pathlib.Path(chain).read_bytes(), {}, int(time.time() * 1000)
    while rest:
        admit(chains, rest[: (size := len(encoded(cbor2.loads(rest))))], at)
        rest = rest[size:]
    head = admit(chains, pathlib.Path(file).read_bytes(), at)
    return print(head["kind"], base64.b32encode(head["record_id"]).decode().lower().rstrip("="), "holds") or head

def build(folder, profile, card):  # the secrets are the SHA-256 of their names: they are for tests alone
    at, (them, subject), known = int(time.time() * 1000), map(unbase32, profile.split(".")), {"own": b"", "agreed": b""}
    private, public = ed25519.Ed25519PrivateKey.from_private_bytes, x25519.X25519PublicKey.from_public_bytes
    secrets = {name: private(sha(name.encode())) for name in ("rotation", "signing", "node")}
    known |= {name: secret.public_key().public_bytes_raw() for name, secret in secrets.items()}
    known |= {f"in_{days}": at + days * DAY for days in (0, 14, 35, 65, 300, 400)} | {"them": them, "subject": subject}
    for place in range(9):
        text = string.Template((HERE / "samples.txt").read_text()).substitute({it: repr(known[it]) for it in known})
        sample, secret = ast.literal_eval(text)[place], secrets["signing" if place else "rotation"]
        envelope = sign(secret, sample[1] if place < 8 else "letter", sample)
        known["own"] = known["own"] or sha(envelope)
        known["agreed"] = secrets["node"].sign(NODE + known["own"])
        pathlib.Path(folder, f"{place}.cose").write_bytes(envelope)
    header, padded = {0: 1, 1: them, 2: -(-known["in_14"] // DAY) * DAY}, (envelope + b"\x80").ljust(2048, b"\0")
    keys = [it["key"] for it in verify(card, f"{card}.chain")["body"]["sealing_keys"] if it["use_until"] > at]
    sealed = HPKE._encrypt_with_aad(SUITE, padded, public(keys[0]), LETTER, encoded(header))
    pathlib.Path(folder, "letter.sealed").write_bytes(encoded({0: header, 1: sealed}))

{"vectors": vectors, "verify": verify, "build": build}[sys.argv[1]](*sys.argv[2:])
