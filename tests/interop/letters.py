"""Section 13 of docs/PROTOCOL.md: letters and their seal.

HPKE (RFC 9180, base mode) is done by hand, because that of `cryptography` takes no aad.
"""
import hmac
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from forms import encoded, exact, need, parted, signer

DAY, SIZES = 86_400_000, (2048, 4096, 8192, 16384)
KEM, SUITE = b"KEM\0\x20", b"HPKE\0\x20\0\x01\0\x03"

def extract(suite, salt, label, key):
    return hmac.digest(salt, b"HPKE-v1" + suite + label + key, "sha256")

def expand(suite, secret, label, info, size):
    """One block of HKDF-Expand, which is all that 32 bytes need."""
    return hmac.digest(secret, size.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info + b"\1", "sha256")[:size]

def key_pair(seed):
    """DeriveKeyPair: the secret from 32 random bytes."""
    return expand(KEM, extract(KEM, b"", b"dkp_prk", seed), b"sk", b"", 32)

def public(secret):
    return X25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()

def cipher(secret, other, both, info):
    """The cipher and nonce of the one message between two keys; `both` is the ephemeral key, then the recipient's."""
    shared = X25519PrivateKey.from_private_bytes(secret).exchange(X25519PublicKey.from_public_bytes(other))
    shared = expand(KEM, extract(KEM, b"", b"eae_prk", shared), b"shared_secret", both, 32)
    context = b"\0" + extract(SUITE, b"", b"psk_id_hash", b"") + extract(SUITE, b"", b"info_hash", info)
    secret = extract(SUITE, shared, b"secret", b"")
    return ChaCha20Poly1305(expand(SUITE, secret, b"key", context, 32)), expand(SUITE, secret, b"base_nonce", context, 12)

def hpke_seal(seed, recipient, info, aad, plain):
    ephemeral = key_pair(seed)
    aead, nonce = cipher(ephemeral, recipient, public(ephemeral) + recipient, info)
    return public(ephemeral) + aead.encrypt(nonce, plain, aad)

def hpke_open(secret, info, aad, sealed):
    """The plain text, or None if this key does not open it; a shared secret of zeros opens nothing."""
    try:
        aead, nonce = cipher(secret, sealed[:32], sealed[:32] + public(secret), info)
        return aead.decrypt(nonce, sealed[32:], aad)
    except (InvalidTag, ValueError):
        return None

def letter(envelope, keys, network="main"):
    """What a letter says and its last moment."""
    payload = parted(envelope)[2]
    need(len(payload) <= 12288, "invalid.letter")
    said = exact("letter", payload)
    (kind, fields), issued, ends = said["body"], said["issued_at"], said["expires_at"]
    asks = kind == "request"
    need((said["step"] == 1) == asks and said["step"] > 0 and ("previous" in said) != asks, "invalid.step")
    need(ends == issued + 14 * DAY if asks else ends <= issued + 84 * DAY, "invalid.expires_at")
    need(not asks or fields["request"]["profile"]["organisation"] == said["recipient"], "invalid.profile")
    signer(keys(said["sender"]), envelope, "letter", network)
    last = ends if asks else max(ends, issued * (kind in ("contact", "withdraw"))) + 14 * DAY
    return said, -(-last // DAY) * DAY

def padded(signed):
    return (signed + b"\x80").ljust(min(size for size in SIZES if size > len(signed)), b"\0")

def seal(signed, recipient, last, key, seed, network="main"):
    header = {0: 1, 1: recipient, 2: last}
    info = f"mentormesh/1/{network}/letter".encode()
    return encoded({0: header, 1: hpke_seal(seed, key, info, encoded(header), padded(signed))})

def unseal(envelope, secret, keys, network="main"):
    need(len(envelope) <= 17408, "invalid.envelope")
    outside = exact("sealed", envelope)
    header, sealed = outside["header"], outside["sealed"]
    need(header["expires_at"] % DAY == 0, "invalid.expires_at")
    need(len(sealed) - 48 in SIZES, "invalid.sealed")
    raw = encoded({0: 1, 1: header["recipient"], 2: header["expires_at"]})
    plain = hpke_open(secret(header["recipient"]), f"mentormesh/1/{network}/letter".encode(), raw, sealed)
    need(plain, "no_key")
    need(plain.rstrip(b"\0").endswith(b"\x80"), "padding")
    signed = plain.rstrip(b"\0")[:-1]
    said, last = letter(signed, keys, network)
    need((said["recipient"], last) == (header["recipient"], header["expires_at"]), "not_its_envelope")
    return signed
