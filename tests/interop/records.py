"""Sections 4 to 7 of docs/PROTOCOL.md: what a record says, and who may say it."""
import re
from forms import decoded, encoded, need, parted, read, sha, signer, strict

DAY, MINUTE = 86_400_000, 60_000
LIVES = {"card": 400, "delegation": 400, "recognition": 400, "profile": 35, "attestation": 400}
ABOUT = {"card": b"", "delegation": rb"\x00\x24\x08\x01\x12\x20.{32}", "recognition": b".{32}", "profile": b".{16}",
         "attestation": b".{64}"}
KNOWN_HELP = set("""career_development sector_knowledge organisational_politics skills confidence managing_change
    returning_to_work chartership_or_accreditation leadership entrepreneurship""".split())

def record(envelope):
    """Header and body; the body by the names of its fields, empty where the schema is not known."""
    head = read("header", decoded(parted(envelope)[2]))
    kind, at = head["kind"], head["sequence"]
    need(head["version"] == 1 or kind not in ("operation", "withdrawal"), "invalid.version")
    need(("organisation" in head) != (kind == "operation" and 0 not in head["body"]), "invalid.organisation")
    need(("about" in head) != (kind == "operation"), "payload.shape")
    need(("expires_at" in head) != (kind == "operation"), "invalid.expires_at")
    head["read"] = head["version"] == 1 and kind in {*LIVES, "operation", "withdrawal"}
    said = read(kind, head["body"]) if head["read"] else {}
    need(not said or parted(envelope)[2].endswith(encoded(head["body"])), "payload.not_exact")
    if kind != "operation":
        named = head["about"] if kind == "withdrawal" else kind.encode() + b"\0" + head["about"]
        ends, zero, about = re.fullmatch(rb"([^\0]*)(\0?)(.*)", named, re.S).groups()
        head["slot"], ends = sha(head["organisation"] + named), ends.decode("ascii", "replace")
        need(re.fullmatch("[a-z_]{1,32}", ends) and zero and ends not in ("operation", "withdrawal"), "invalid.about")
        form = ABOUT[kind] if head["read"] and kind in ABOUT else b".*"
        need(len(named) <= 128 and re.fullmatch(form, about, re.S), "invalid.about")
        days, lives = LIVES.get(ends, 400) + 30 * (kind not in LIVES), head["expires_at"] - at
        need(lives == days * DAY if kind in {*LIVES, "withdrawal"} else 0 <= lives <= days * DAY, "invalid.expires_at")
        need(not said.get("erase") or ends in ("profile", "attestation") or ends not in LIVES, "invalid.erase")
    for fault, holds in rules(kind, head, said) if said else []:
        need(holds, "invalid." + fault)
    return head | {"body": said}

def rules(kind, head, said):
    """What section 5 asks of a body besides the type of each field."""
    ordered = lambda span, begins, ends: span.get(begins, "") <= span.get(ends, "9")
    if kind == "operation":
        keys = said["rotation_keys"] + [key["key"] for key in said["signing_keys"]]
        yield "signing_keys", len(set(keys)) == len(keys)
    if kind == "card":
        yield "sealing_keys", all(key["use_until"] <= head["sequence"] + 400 * DAY for key in said["sealing_keys"])
    if kind == "recognition":
        yield "about", head["about"] != head["organisation"]
        yield "as_register", said["as_register"] or said["as_awarding_body"]
    if kind == "attestation":
        yield "valid_until", ordered(said, "valid_from", "valid_until")
    if kind == "profile":
        person, itself = said["profile"], {"organisation": head["organisation"], "subject": head["about"]}
        yield "also_listed", itself not in said["also_listed"]
        yield "helps_with", len(set(person["helps_with"]) - KNOWN_HELP) <= 5
        yield "availability.until", ordered(person["availability"], "from", "until")
        practice = person.get("practice", {"status": 0})
        yield "practice", practice["status"] != 1 or "programme" in practice and "ends_on" in practice
        yield "profile", len(encoded(head["body"][0])) <= 15360

def follow(chains, envelope, network="main"):
    """Puts an operation where it belongs in its organisation's tree, and gives what it says and its key."""
    head, own = record(envelope), sha(envelope)
    organisation, prev = head.get("organisation", own), head["body"].get("prev")
    chain = chains.get(organisation, {})
    need(prev is None or prev in chain, "orphan")
    allowed = (chain[prev][1] if prev else head["body"])["rotation_keys"]
    key = signer(allowed, envelope, "operation", network)
    chains.setdefault(organisation, {})[own] = (prev, head["body"], allowed.index(key))
    return head, key

def tip(chain):
    """Where the walk ends when nothing is pinned and everything was first seen at once."""
    at = None
    while after := sorted((rank, own) for own, (prev, _, rank) in chain.items() if prev == at):
        if len(after) > 1 and after[0][0] == after[1][0]:
            break
        at = after[0][1]
    return chain[at][1]

def admit(chains, envelope, now, network="main"):
    """Steps 1 to 4 of section 7: what the record says and which key says it."""
    head = record(envelope)
    if head["kind"] == "operation":
        return follow(chains, envelope, network)
    need(head["organisation"] in chains, "unknown_organisation")
    at, keys = head["sequence"], tip(chains[head["organisation"]])["signing_keys"]
    stand = [key["key"] for key in keys if key["from"] <= at < key.get("retired_at", 2**64) and not key["compromised"]]
    key = signer(stand, envelope, head["kind"], network)
    signature, agreed = head["body"].get("node_signature"), f"mentormesh/1/{network}/node\0".encode() + head["organisation"]
    need(signature is None or strict(head["about"][6:], signature, agreed), "not_agreed")
    ahead = max(at, head["issued_at"]) - now
    need(ahead <= 60 * MINUTE, "future")
    need(ahead <= 10 * MINUTE, "parked")
    need(now < head["expires_at"], "expired")
    return head, key
