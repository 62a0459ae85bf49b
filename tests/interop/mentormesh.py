"""Mentormesh a second time, in another language, written from docs/PROTOCOL.md alone; it shares no code with the first.

vectors FOLDER              judges every golden vector: the good must pass, the bad must fail for the fault they name
verify FILE --chain FILE    checks an exported record against the operations of its organisation
build FOLDER ABOUT          founds an organisation and signs a record of every kind; it recognises the organisation ABOUT
letter FOLDER PROFILE CARD  asks that mentor for an introduction, sealed to the key on the organisation's exported CARD
receipt FOLDER FILE BY      checks that FILE says *delivered* of that letter, signed by the node in the delegation BY

It exits 1 and says why when something is not as it should be. What the page says is in forms.py (sections 2 and 3, with
tables.txt), records.py (4 to 7) and letters.py (13); this is what is done with it.
"""
import base64, contextlib, hmac, json, os, pathlib, sys, time
import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from forms import Wrong, decoded, encoded, exact, need, parted, sha, sign, signer
from letters import letter, public, seal, unseal
from records import DAY, LIVES, MINUTE, admit, follow

DELIVERED = ("delivered", {})
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
base32 = lambda data: base64.b32encode(data).decode().lower().rstrip("=")
unbase32 = lambda text: base64.b32decode(text.upper() + "=" * (-len(text) % 8))
key_of = lambda did: sum(BASE58.index(c) * 58**at for at, c in enumerate(reversed(did[9:]))).to_bytes(34, "big")[2:]

def judge(vector, file, chains):
    """One golden vector; what the file says beside it must be what its bytes say."""
    what, data = vector.get("what", "record"), vector.get("bytes", vector.get("envelope"))
    if what == "ticket":
        raw = unbase32(data.removeprefix("mmt1"))
        need(raw[-4:] == sha(raw[:-4])[:4], "checksum")
        return exact("ticket", raw[:-4])
    data, says = bytes.fromhex(data), vector.get("says")
    keys = lambda who: [key_of(each["key"]) for each in file["signers"] if each["organisation"] == base32(who)]
    secrets = {each["organisation"]: bytes.fromhex(each["secret"]) for each in file.get("sealing", [])}
    if what == "record":
        head, key = admit(chains, data, file["now"])
        shown = {**head, "organisation": base32(head.get("organisation", sha(data))), "about": head.get("about", b"").hex(),
                 "record_id": base32(sha(data)), "signer": key, "slot": head.get("slot", b"").hex() or None,
                 "body_is_read": head["read"], "erases": head["body"].get("erase", False)}
        need(not says or {**says, "signer": key_of(says["signer"])} == {name: shown.get(name) for name in says}, "says")
    elif what == "letter":
        need((base32(sha(data)), letter(data, keys)[1]) == (vector["id"], vector["arrives_by"]), "says")
    elif what == "envelope":
        signed, header = unseal(data, lambda who: secrets[base32(who)], keys), decoded(data)[0]
        key, seed = public(secrets[base32(header[1])]), bytes.fromhex(vector["randomness"])
        need(seal(signed, header[1], header[2], key, seed) == data and base32(sha(data)) == vector["id"], "says")
    elif what in ("head", "receipt"):
        signer([exact(what, parted(data)[2])["node"][6:]], data, what)
    elif what == "batch":
        ids = [sha(each) for each in exact("batch", data)["envelopes"]]
        need(ids == sorted(set(ids)), "order")
    else:
        exact(("<courier_" if secrets else "<") + what, data)

def vectors(folder):
    chains, judged, wrong = {}, 0, []
    for name in ("records", "bad", "messages", "letters"):
        file = json.loads((pathlib.Path(folder) / f"{name}.json").read_text())
        for operation in file.get("operations", []):
            follow(chains, bytes.fromhex(operation))
        for vector in file["vectors"]:
            told, found, judged = vector.get("fate", "taken").replace("admitted", "taken"), "taken", judged + 1
            try:
                judge(vector, file, chains)
            except Wrong as why:
                found = str(why)
            # A reader that writes again and compares can only say that it is another form.
            if found != told and not (found.startswith("payload.") and told in ("payload.shape", "payload.not_exact")):
                wrong.append(f"{name}.json, {vector['name']}: {found} in place of {told}")
    print(f"{judged} vectors, {len(wrong)} judged otherwise", *wrong, sep="\n")
    return not wrong

def exported(file, chain=None):
    """A record that a node wrote into a file, with its operations beside it, one after the other."""
    rest, operations, chains = pathlib.Path(chain or f"{file}.chain").read_bytes(), [], {}
    while rest:
        protected, _, payload, signature = cbor2.loads(rest).value
        size = 1 + len(encoded([protected, {}, payload, signature]))
        operations, rest = [*operations, rest[:size]], rest[size:]
    for operation in operations * len(operations):
        with contextlib.suppress(Wrong):
            follow(chains, operation)
    return admit(chains, pathlib.Path(file).read_bytes(), now())[0]

def verify(file, _, chain):
    head = exported(file, chain)
    print(head["kind"], base32(sha(pathlib.Path(file).read_bytes())), "holds")

def build(folder, about):
    folder, at = pathlib.Path(folder), now()
    folder.mkdir()
    secrets = {name: os.urandom(32) for name in ("rotation", "signing", "node", "sealing")}
    for name, secret in secrets.items():
        (folder / f"{name}.key").write_text(secret.hex())
    keys = {name: Ed25519PrivateKey.from_private_bytes(it).public_key().public_bytes_raw() for name, it in secrets.items()}
    begins = {1: "operation", 2: 1, 5: at - MINUTE, 6: at - MINUTE,
              8: {1: [keys["rotation"]], 2: [{0: keys["signing"], 1: at - MINUTE, 3: False}]}}
    made = [sign(secrets["rotation"], "operation", begins)]
    own, peer, chains = sha(made[0]), bytes.fromhex("002408011220") + keys["node"], {}
    agreed = Ed25519PrivateKey.from_private_bytes(secrets["node"]).sign(b"mentormesh/1/main/node\0" + own)
    person = lambda name: {0: {0: name, 2: "Serpents for beginners", 3: "", 4: "", 5: [], 7: [{0: "serpents"}], 8: [],
                               9: ["skills"], 10: [1], 11: [{0: 0}], 12: [{0: "en", 1: 1}], 14: [0], 17: {0: 0, 1: 2}, 19: [],
                               21: [3], 23: []}, 1: {0: "2026-01-15", 1: "1", 2: False}, 2: []}
    pia, quinn, today = os.urandom(16), os.urandom(16), time.strftime("%Y-%m-%d")
    for kind, what, body in [
            ("card", b"", {0: "Pia's Society", 1: 3, 5: "1", 7: [], 8: [{0: public(secrets["sealing"]), 1: at + 300 * DAY}]}),
            ("delegation", peer, {0: [], 1: ["register"], 2: agreed}),
            ("recognition", unbase32(about), {0: True, 1: False, 2: []}),
            ("profile", pia, person("Pia Serpente")), ("profile", quinn, person("Quinn Serpente")),
            ("attestation", own + pia + os.urandom(16), {0: 0, 1: "Member", 4: 0, 5: today, 9: sha(b"Pia Serpente")}),
            ("withdrawal", b"profile\0" + quinn, {0: True})]:
        when, days = at + len(made), LIVES.get(kind, 65)
        head = {1: kind, 2: 1, 3: own, 4: what, 5: when, 6: when, 7: when + days * DAY, 8: body}
        made.append(sign(secrets["signing"], kind, head))
    for place, envelope in enumerate(made):
        head = follow(chains, envelope)[0] if place == 0 else admit(chains, envelope, at)[0]
        (folder / f"{place}-{head['kind']}.cose").write_bytes(envelope)
    print(base32(own), base32(pia), base32(quinn))

def ask(folder, profile, card):
    folder, at, key = pathlib.Path(folder), now(), exported(card)["body"]["sealing_keys"]
    own, who = sha((folder / "0-operation.cose").read_bytes()), [unbase32(part) for part in profile.split(".")]
    mentee = hmac.digest(os.urandom(32), b"mia@example.org" + who[0], "sha256")[:16]
    purpose = "I lead a small house of reptiles and would like to hear how you began."
    request = {0: who, 1: mentee, 2: "Mia", 3: "Fifteen minutes on serpents", 4: purpose, 6: 0}
    said = {0: 1, 1: own, 2: who[0], 3: os.urandom(16), 4: os.urandom(16), 5: 1, 7: at, 8: at + 14 * DAY, 9: [0, [request]]}
    signed = sign(bytes.fromhex((folder / "signing.key").read_text()), "letter", said)
    to = next(each["key"] for each in key if each["use_until"] > at)
    sealed = seal(signed, who[0], -(-(at + 14 * DAY) // DAY) * DAY, to, os.urandom(32))
    (folder / "letter.sealed").write_bytes(sealed)
    print(base32(said[3]))

def receipt(folder, file, by):
    envelope, node = pathlib.Path(file).read_bytes(), exported(by)
    said = exact("receipt", parted(envelope)[2])
    signer([node["about"][6:]], envelope, "receipt")
    need((said["node"], said["organisation"]) == (node["about"], node["organisation"]), "another node")
    need(said["envelope"] == sha((pathlib.Path(folder) / "letter.sealed").read_bytes()), "another letter")
    print(said["outcome"][0])
    return said["outcome"] == DELIVERED

now = lambda: int(time.time() * 1000)
COMMANDS = {"vectors": vectors, "verify": verify, "build": build, "letter": ask, "receipt": receipt}
if __name__ == "__main__":
    try:
        sys.exit(COMMANDS[sys.argv[1]](*sys.argv[2:]) is False)
    except Wrong as why:
        sys.exit(f"{' '.join(sys.argv[1:])}: {why}")
